# fish completion for loadpath
complete -c loadpath -n __fish_use_subcommand -l help -d 'Show help'
complete -c loadpath -n __fish_use_subcommand -l version -d 'Show the version'
complete -c loadpath -n __fish_use_subcommand -a check -d 'Check designs against the rules'
complete -c loadpath -n '__fish_seen_subcommand_from check' -l format -d 'How the result is written (text)' -x -a 'text json sarif junit'
complete -c loadpath -n '__fish_seen_subcommand_from check' -l fail-on -d 'The least severity that fails (error)' -x -a 'error warning never'
complete -c loadpath -n '__fish_seen_subcommand_from check' -l baseline -d 'Only what is new since this result (json) or design' -r
complete -c loadpath -n '__fish_seen_subcommand_from check' -l rules -d 'Also check these house rules' -r
complete -c loadpath -n '__fish_seen_subcommand_from check' -l prove -d 'Run what this finding warns of, before and after its fix' -r
complete -c loadpath -n '__fish_seen_subcommand_from check' -l color -d 'Colours in text; auto: on a terminal (auto)' -x -a 'auto always never'
complete -c loadpath -n __fish_use_subcommand -a fix -d 'Apply the quick fixes of findings until none is left'
complete -c loadpath -n '__fish_seen_subcommand_from fix' -l rule -d 'Only findings of this rule' -r
complete -c loadpath -n '__fish_seen_subcommand_from fix' -l safe -d 'Only safe fixes'
complete -c loadpath -n '__fish_seen_subcommand_from fix' -s o -d 'Where the design goes (- standard output)' -r
complete -c loadpath -n '__fish_seen_subcommand_from fix' -l dry-run -d 'Tell, and write nothing'
complete -c loadpath -n '__fish_seen_subcommand_from fix' -l rules -d 'Also these house rules' -r
complete -c loadpath -n '__fish_seen_subcommand_from fix' -l color -d 'Colours in text; auto: on a terminal (auto)' -x -a 'auto always never'
complete -c loadpath -n __fish_use_subcommand -a analyze -d 'Compute availability, cut sets, importance, capacity and cost'
complete -c loadpath -n '__fish_seen_subcommand_from analyze' -l format -d 'How the result is written (text)' -x -a 'text json'
complete -c loadpath -n '__fish_seen_subcommand_from analyze' -l cut-order -d 'Largest cut set that is listed (2)' -r
complete -c loadpath -n '__fish_seen_subcommand_from analyze' -l explain -d 'Show how each availability comes about, step by step'
complete -c loadpath -n '__fish_seen_subcommand_from analyze' -l color -d 'Colours in text; auto: on a terminal (auto)' -x -a 'auto always never'
complete -c loadpath -n __fish_use_subcommand -a estimate -d 'Work out traffic, storage, bandwidth, caches and ids from users and sizes'
complete -c loadpath -n '__fish_seen_subcommand_from estimate' -l format -d 'How the result is written (text)' -x -a 'text json'
complete -c loadpath -n '__fish_seen_subcommand_from estimate' -l steps -d 'Show how every figure came about (json always does)'
complete -c loadpath -n '__fish_seen_subcommand_from estimate' -l binary -d 'Write bytes in KiB, MiB, GiB (kB, MB, GB)'
complete -c loadpath -n '__fish_seen_subcommand_from estimate' -l color -d 'Colours in text; auto: on a terminal (auto)' -x -a 'auto always never'
complete -c loadpath -n __fish_use_subcommand -a simulate -d 'Run the design request by request'
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l scenario -d 'A scenario of the design, with its faults and expectations; "all": every one' -r
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l duration -d 'Simulated seconds, warm-up included (60)' -r
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l warmup -d 'Seconds that are not measured (10)' -r
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l seed -d 'Start of the random numbers (1)' -r
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l load -d 'Factor on the rate of every client (1)' -r
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l replications -d 'Runs with seeds N, N+1, …, put together (1)' -r
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l threads -d 'Replications at a time (one a core)' -r
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l series -d 'Also what happened every S seconds (json, csv)' -r
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l verify -d 'Check the simulator itself: conservation, Little, queueing theory, availability'
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l format -d 'How the result is written (text)' -x -a 'text json csv junit'
complete -c loadpath -n '__fish_seen_subcommand_from simulate' -l color -d 'Colours in text; auto: on a terminal (auto)' -x -a 'auto always never'
complete -c loadpath -n __fish_use_subcommand -a export -d 'Draw the design as a picture'
complete -c loadpath -n '__fish_seen_subcommand_from export' -s o -d 'The picture; its suffix is the format (- with --format: standard output)' -r
complete -c loadpath -n '__fish_seen_subcommand_from export' -l format -d 'The format, whatever the suffix' -x -a 'png svg pdf'
complete -c loadpath -n '__fish_seen_subcommand_from export' -l theme -d 'Colours (light)' -x -a 'light dark'
complete -c loadpath -n '__fish_seen_subcommand_from export' -l scale -d 'png: pixels per unit of the canvas (2)' -r
complete -c loadpath -n '__fish_seen_subcommand_from export' -l transparent -d 'No background'
complete -c loadpath -n '__fish_seen_subcommand_from export' -l findings -d 'Also draw findings, utilisation and rates'
complete -c loadpath -n __fish_use_subcommand -a report -d 'Write all that is known of a design as one HTML file'
complete -c loadpath -n '__fish_seen_subcommand_from report' -s o -d 'The report (-: standard output)' -r
complete -c loadpath -n '__fish_seen_subcommand_from report' -l scenario -d 'The run that is shown (the first scenario of the design)' -r
complete -c loadpath -n '__fish_seen_subcommand_from report' -l no-run -d 'Leave the simulated run out'
complete -c loadpath -n __fish_use_subcommand -a templates -d 'List the templates, print one, or start a file from one'
complete -c loadpath -n '__fish_seen_subcommand_from templates' -s o -d 'The file that new writes' -r
complete -c loadpath -n '__fish_seen_subcommand_from templates' -l force -d 'Replace a file that is there already'
complete -c loadpath -n '__fish_seen_subcommand_from templates' -l color -d 'Colours in text; auto: on a terminal (auto)' -x -a 'auto always never'
complete -c loadpath -n __fish_use_subcommand -a components -d 'List the component types, or tell all about one'
complete -c loadpath -n '__fish_seen_subcommand_from components' -l format -d 'How the result is written (text)' -x -a 'text json'
complete -c loadpath -n '__fish_seen_subcommand_from components' -l color -d 'Colours in text; auto: on a terminal (auto)' -x -a 'auto always never'
complete -c loadpath -n __fish_use_subcommand -a rules -d 'List the rules, or tell why one matters and what mends it'
complete -c loadpath -n '__fish_seen_subcommand_from rules' -l format -d 'How the result is written (text)' -x -a 'text json'
complete -c loadpath -n '__fish_seen_subcommand_from rules' -s o -d 'Draw the example (png)' -r
complete -c loadpath -n '__fish_seen_subcommand_from rules' -l theme -d 'Colours of the picture (light)' -x -a 'light dark'
complete -c loadpath -n '__fish_seen_subcommand_from rules' -l color -d 'Colours in text; auto: on a terminal (auto)' -x -a 'auto always never'
complete -c loadpath -n __fish_use_subcommand -a schema -d 'Print the JSON Schema (draft 7) of the design file'
complete -c loadpath -n __fish_use_subcommand -a screenshot -d 'Take a picture of the real window, without a display'
complete -c loadpath -n '__fish_seen_subcommand_from screenshot' -s o -d 'The picture' -r
complete -c loadpath -n '__fish_seen_subcommand_from screenshot' -l template -d 'A template in place of FILE' -r
complete -c loadpath -n '__fish_seen_subcommand_from screenshot' -l size -d 'Size of the window in px' -r
complete -c loadpath -n '__fish_seen_subcommand_from screenshot' -l theme -d 'Colours of the window (light)' -x -a 'light dark'
complete -c loadpath -n '__fish_seen_subcommand_from screenshot' -l panel -d 'A panel to show; may be given several times' -r
complete -c loadpath -n '__fish_seen_subcommand_from screenshot' -l select -d 'What is selected; may be given several times' -r
complete -c loadpath -n '__fish_seen_subcommand_from screenshot' -l simulate -d 'Simulated seconds to run before' -r
complete -c loadpath -n __fish_use_subcommand -a completion -d 'Print a script that completes the command line in a shell'
