extension Markup {
    /// How the pages look: dark where the reader's system is. Right is blue, wrong orange, out of scope grey, which
    /// colour-blind readers tell apart; every text has a contrast of 4.5 or more (WCAG 2.2, 1.4.3).
    static let pageStyle: StaticString = """
        :root{--page:#f6f7f9;--card:#fff;--text:#1b1f24;--quiet:#57606a;--rule:#d5dae0;--right:#0b63c4;\
        --wrong:#c2410c;--oos:#7a828b;--heat:11,99,196}
        @media (prefers-color-scheme:dark){:root{--page:#0f1318;--card:#171c22;--text:#e6edf3;--quiet:#9aa4af;\
        --rule:#323a44;--right:#6cb0ff;--wrong:#ff9b5e;--oos:#9aa4af;--heat:108,176,255}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
        main{max-width:1160px;margin:0 auto;padding:16px}
        h1{font-size:1.5rem;line-height:1.25;margin:8px 0 16px;overflow-wrap:anywhere}
        h2{font-size:1.125rem;margin:0 0 4px}
        p{margin:0 0 12px;color:var(--quiet)}
        .cards{display:grid;grid-template-columns:minmax(0,1fr);gap:16px}
        @media (min-width:900px){.cards{grid-template-columns:repeat(2,minmax(0,1fr))}.wide{grid-column:1/-1}\
        .pairs{columns:2;column-gap:24px}}
        section{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:16px;min-width:0}
        svg{display:block;width:100%;max-width:440px;height:auto;margin:0 auto}
        .label{fill:var(--quiet);font:13px system-ui,sans-serif}
        .strong{fill:var(--text);font:13px system-ui,sans-serif}
        line.grid{stroke:var(--rule);stroke-width:1}
        .axis{stroke:var(--quiet);stroke-width:1}
        .ideal{stroke:var(--text);stroke-width:1.5;stroke-dasharray:4 3}
        .soft{fill-opacity:.5}
        .mark{stroke:var(--text);stroke-width:1.5;stroke-dasharray:5 3}
        rect.right,circle.right{fill:var(--right)}
        rect.wrong,circle.wrong{fill:var(--wrong)}
        rect.oos{fill:var(--oos)}
        polyline{fill:none;stroke-width:2}
        polyline.right{stroke:var(--right)}
        polyline.wrong{stroke:var(--wrong)}
        .scroll{overflow-x:auto}
        .scroll:focus-visible{outline:2px solid var(--right);outline-offset:2px}
        table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--quiet);padding-bottom:8px}
        th,td{padding:4px 8px;border-bottom:1px solid var(--rule);text-align:right;vertical-align:top}
        th{font-weight:600}
        th[scope=row],th.text{text-align:left}
        th[scope=row]{font-weight:400}
        h3{font-size:.875rem;margin:0 0 2px;overflow-wrap:anywhere}
        .pair{break-inside:avoid;padding:0 0 12px;font-size:.875rem}
        .pair ul{margin:0;padding-left:1.1em;color:var(--quiet);overflow-wrap:anywhere}
        td.track{min-width:90px;vertical-align:middle}
        .meter{display:block;height:10px;background:var(--right);border-radius:2px}
        .matrix{width:auto}
        .matrix td,.matrix th{padding:3px 5px;border:1px solid var(--rule);text-align:center;white-space:nowrap}
        .matrix thead th{writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;font-weight:400;\
        vertical-align:bottom}
        .matrix th[scope=row]{text-align:right;position:sticky;left:0;background:var(--card)}
        .matrix td.same{color:var(--quiet)}
        .key{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;padding:0;margin:8px 0 0;font-size:.875rem}
        .key span{display:inline-block;width:12px;height:12px;margin-right:6px;border-radius:2px}
        .key .right{background:var(--right)}.key .wrong{background:var(--wrong)}.key .oos{background:var(--oos)}

        """
}
