import SeededRandom
/// Texts with markup of every kind.
enum MarkdownSamples {
    static let documents = [
        "# One\n## Two ##\n### Three \\#\n#Not\n####### Not\n#\n",
        "Title\n===\n\nSub *title*\n---\ntext\n",
        "a\nb  \nc\\\nd\n\ne",
        "- a\n- b\n  - c\n    - d\n- e\n\n* f\n+ g",
        "- a\n\n- b\n\n\n- c",
        "1. one\n2. two\n   still two\n\n   more\n10) ten\n11) eleven",
        "- a\n\n      code in item\n- b\n\n  para",
        "> quote\nlazy\n> > deeper\n>\n> - list\n> - in quote\n",
        "```swift info\nlet a = 1\n\n  b\n```\n~~~\n``` \n~~~\n",
        "    indented\n\n      more\n\ntext\n    not code",
        "***\n---\n_ _ _\n* * *\ntext\n***",
        "*a* **b** ***c*** _d_ __e__ *f **g** h* **i *j* k**",
        "foo*bar*baz foo_bar_baz **a*b** *a**b* ***a** b* ***a* b** *** a ***",
        "**¿Qué?** *«hola»* __¡sí!__ a**\"b\"**c 5*6*7",
        "[a](b) [a *b* c](<d e> 'title') [x](y \"z\") [n]( /u (t) ) [](empty)",
        "[a [b](c) d](e) [not] (link) [a](b [c](d)\n[multi\nline](url)",
        "`code` `` a`b `` ` `` ` `unclosed `` x ` y",
        "<https://casalumbre.example/a?b=c&d> <hola@casalumbre.example> <3 a < b",
        "&amp; &copy; &euro; &#35; &#x1F44B; &nope; &ntilde;&amp",
        "\\*no\\* \\# \\[a\\] \\a \\\\ \\` c \\`",
        "a|b\n-|-\n1|2",
        "- \n- b\n-\n\n  x\n1.\n2. a",
        "-\ttab\n\n\tcont\n\n\tpara\n\n>\t\tcode",
        "text\n- interrupts\n\ntext\n2. does not\n\ntext\n1. does",
        "* a\n  > b\n  ```\n  c\n  ```\n* d",
        "precio: 4,90 € — «gratis» desde 49 €\n\n**Nota:** ver [plazos](envios.md#plazos-de-entrega \"t\").",
        "[a](b(c)d) [a](b\\)c) [a](<b\\>c>) [ñ](año.md) [q](a?b=\"c\")",
        "  - a\n   - b\n    - c\n",
        "Preguntas:\n- ¿uno?\n- ¿dos?\n\nRespuesta.",
        "# a\ntext\n# b\n> # c\n- # d\n",
        "a \\```b`` c \\`d` e``",
    ]

    /// Underscores stand beside a space only: cmark before 0.31 misses pairs of `_` runs that both open and close.
    private static let pieces = [
        "*", "**", " _a", "a_ ", " __a", "a__ ", "***", "`", "``", "[", "](", ")", "](u)", "\n", "\n\n", "- ", "1. ",
        "> ", "    ", "  ",
        "# ", "a", "b c", "ñ", "¿", "€", "\\", "&amp;", "word", " ", " ", "```\n", "~~~\n", "\t", "\n- ", "\n  ", "!",
        "---", "===", "\n---\n", "+ ", "2) ", ".", "\"t\"", " 'x'", "<", "<https://a.b>", ">",
    ]

    static func random(_ generator: inout SplitMix64) -> String {
        let count = Int.random(in: 1...25, using: &generator)
        return (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }
}
