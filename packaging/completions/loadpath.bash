# bash completion for loadpath
_loadpath() {
    local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "check fix analyze estimate simulate export report templates components rules schema screenshot completion --help --version" -- "$word") $(compgen -f -- "$word"))
        return
    fi
    case "${COMP_WORDS[1]}:$previous" in
        check:--format) COMPREPLY=($(compgen -W "text json sarif junit" -- "$word")); return ;;
        check:--fail-on) COMPREPLY=($(compgen -W "error warning never" -- "$word")); return ;;
        check:--color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        check:*) words="--help --format --fail-on --baseline --rules --prove --color" ;;
        fix:--color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        fix:*) words="--help --rule --safe -o --dry-run --rules --color" ;;
        analyze:--format) COMPREPLY=($(compgen -W "text json" -- "$word")); return ;;
        analyze:--color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        analyze:*) words="--help --format --cut-order --explain --color" ;;
        estimate:--format) COMPREPLY=($(compgen -W "text json" -- "$word")); return ;;
        estimate:--color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        estimate:*) words="--help --format --steps --binary --color" ;;
        simulate:--format) COMPREPLY=($(compgen -W "text json csv junit" -- "$word")); return ;;
        simulate:--color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        simulate:*) words="--help --scenario --duration --warmup --seed --load --replications --threads --series --verify --format --color" ;;
        export:--format) COMPREPLY=($(compgen -W "png svg pdf" -- "$word")); return ;;
        export:--theme) COMPREPLY=($(compgen -W "light dark" -- "$word")); return ;;
        export:*) words="--help -o --format --theme --scale --transparent --findings" ;;
        report:*) words="--help -o --scenario --no-run" ;;
        templates:--color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        templates:*) words="--help -o --force --color" ;;
        components:--format) COMPREPLY=($(compgen -W "text json" -- "$word")); return ;;
        components:--color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        components:*) words="--help --format --color" ;;
        rules:--format) COMPREPLY=($(compgen -W "text json" -- "$word")); return ;;
        rules:--theme) COMPREPLY=($(compgen -W "light dark" -- "$word")); return ;;
        rules:--color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        rules:*) words="--help --format -o --theme --color" ;;
        schema:*) words="--help" ;;
        screenshot:--theme) COMPREPLY=($(compgen -W "light dark" -- "$word")); return ;;
        screenshot:*) words="--help -o --template --size --theme --panel --select --simulate" ;;
        completion:*) words="--help" ;;
    esac
    case "$word" in
        -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
        *) COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
}
complete -o filenames -F _loadpath loadpath
