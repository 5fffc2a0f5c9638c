// The looks of the HTML report.
#pragma once

#include <string_view>

namespace loadpath {

inline constexpr std::string_view htmlStyle =
    ":root{--bg:#fff;--raised:#f6f7f9;--line:#dfe3e8;--text:#1b2330;--muted:#5d6878;--error:#c62f3b;--warning:#a86a00;"
    "--info:#2a6fb0;--good:#1d7f4b}"
    "@media(prefers-color-scheme:dark){:root{--bg:#14181f;--raised:#1d232d;--line:#323a47;--text:#e6eaf0;--muted:#"
    "9aa5b5;"
    "--error:#ff7b80;--warning:#e8b04a;--info:#74b0ee;--good:#5cc98f}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 "
    "Inter,system-ui,sans-serif}"
    "main{max-width:1040px;margin:0 auto;padding:32px 24px 64px}h1{margin:0 0 4px;font-size:28px}"
    "h2{margin:40px 0 12px;font-size:20px;border-bottom:1px solid "
    "var(--line);padding-bottom:6px}h3{font-size:15px;margin:20px 0 6px}"
    ".lead{color:var(--muted);margin:0 0 20px;max-width:75ch}"
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:12px;margin:20px 0}"
    ".tile{background:var(--raised);border-radius:8px;padding:12px 14px;border-left:4px solid var(--line)}"
    ".tile span,.tile small{display:block;color:var(--muted);font-size:13px}.tile b{font-size:24px}"
    ".tile.good{border-color:var(--good)}.tile.warning{border-color:var(--warning)}.tile.error{border-color:var(--"
    "error)}"
    ".diagram{margin:0;background:#fff;border:1px solid var(--line);border-radius:8px;padding:8px}"
    ".diagram svg{display:block;width:100%;height:auto;max-height:720px}"
    "table{border-collapse:collapse;width:100%;margin:8px 0 16px}th,td{text-align:left;padding:6px "
    "10px;border-bottom:1px solid var(--line);vertical-align:top}"
    "th{color:var(--muted);font-weight:500;font-size:13px}td.n{font-variant-numeric:tabular-nums;white-space:nowrap}"
    "table.facts{width:auto}"
    ".finding{border-left:4px solid var(--line);background:var(--raised);border-radius:6px;padding:10px "
    "14px;margin:10px 0;break-inside:avoid}"
    ".finding h3{margin:0}.finding p{margin:6px 0 0}.finding h3 "
    "span{font-size:12px;text-transform:uppercase;letter-spacing:.04em}"
    ".finding.error{border-color:var(--error)}.finding.error span{color:var(--error)}"
    ".finding.warning{border-color:var(--warning)}.finding.warning span{color:var(--warning)}"
    ".finding.info{border-color:var(--info)}.finding.info span{color:var(--info)}.finding.seen{opacity:.6}"
    ".fix{color:var(--good)}.key{color:var(--muted);font-size:12px}"
    ".formula{font-family:ui-monospace,monospace;background:var(--raised);padding:8px "
    "12px;border-radius:6px;overflow-wrap:anywhere}"
    ".cuts{columns:2;font-family:ui-monospace,monospace;font-size:13px}summary{cursor:pointer;margin:12px 0 6px}"
    ".bar{display:block;height:4px;border-radius:2px;background:var(--line);margin-top:3px;min-width:80px}"
    ".bar i{display:block;height:100%;border-radius:2px;background:var(--good)}.bar.warning "
    "i{background:var(--warning)}.bar.error i{background:var(--error)}"
    ".charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(440px,1fr));gap:16px}.chart{width:100%;height:"
    "auto;break-inside:avoid}"
    ".chart .grid{stroke:var(--line)}.chart text{fill:var(--muted);font-size:11px}.chart "
    ".title{fill:var(--text);font-size:13px;font-weight:600}"
    ".chart .warmup{fill:var(--raised)}.chart .line{fill:none;stroke-width:1.8;stroke-linejoin:round}"
    ".s0{stroke:#2f7de1}.s1{stroke:#e08b2c}.s2{stroke:#c62f3b}.s3{stroke:#1d9a6c}.s4{stroke:#8a5cd6}.s5{stroke:#b8478f}"
    ".s6{stroke:#5f8a1f}.s7{stroke:#6b7686}"
    ".chart .legend{font-weight:600}.chart .ts0{fill:#2f7de1}.chart .ts1{fill:#e08b2c}.chart .ts2{fill:#c62f3b}.chart "
    ".ts3{fill:#1d9a6c}"
    ".chart .ts4{fill:#8a5cd6}.chart .ts5{fill:#b8478f}.chart .ts6{fill:#5f8a1f}.chart .ts7{fill:#6b7686}"
    "@media print{body{font-size:12px}main{max-width:none;padding:0}}";

}  // namespace loadpath
