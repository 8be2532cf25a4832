/// The runs of `*` and `_` that may still find a partner, in the order of the text ("delimiter stack").
struct DelimiterList {
    private(set) var runs: [DelimiterRun] = []
    private(set) var last = -1

    mutating func append(_ bytes: [UInt8], _ range: Range<Int>, item: Int) {
        let run = DelimiterRun(bytes, range, item: item, previous: last)
        if last >= 0 { runs[last].next = runs.count }
        last = runs.count
        runs.append(run)
    }

    /// Pairs openers with closers among the runs after `bottom` and takes all of these off the list.
    ///
    /// Below which run no opener will be found is remembered for each kind of closer, which makes this linear.
    mutating func process(above bottom: Int) {
        guard last > bottom else { return }
        var openersBottom = [Int](repeating: bottom, count: 12)
        var closer = first(above: bottom)
        while closer >= 0 {
            guard runs[closer].canClose else {
                closer = runs[closer].next
                continue
            }
            let kind = bottomIndex(runs[closer])
            var opener = runs[closer].previous
            while opener > openersBottom[kind], opener > bottom, !runs[opener].matches(runs[closer]) {
                opener = runs[opener].previous
            }
            if opener > openersBottom[kind], opener > bottom {
                pair(opener, closer)
                if runs[closer].left == 0 {
                    let next = runs[closer].next
                    remove(closer)
                    closer = next
                }
            } else {
                openersBottom[kind] = runs[closer].previous
                let next = runs[closer].next
                if !runs[closer].canOpen { remove(closer) }
                closer = next
            }
        }
        last = bottom
        if bottom >= 0 { runs[bottom].next = -1 }
    }

    private func first(above bottom: Int) -> Int {
        guard last > bottom else { return -1 }
        var run = last
        while runs[run].previous > bottom { run = runs[run].previous }
        return run
    }

    private func bottomIndex(_ closer: DelimiterRun) -> Int {
        (closer.mark == UInt8(ascii: "_") ? 6 : 0) + (closer.canOpen ? 3 : 0) + closer.length % 3
    }

    private mutating func pair(_ opener: Int, _ closer: Int) {
        let isStrong = runs[opener].left >= 2 && runs[closer].left >= 2
        let used = isStrong ? 2 : 1
        runs[opener].left -= used
        runs[closer].left -= used
        runs[opener].opens.append(isStrong ? .strong : .emphasis)
        runs[closer].closes.append(isStrong ? .strong : .emphasis)
        runs[opener].next = closer
        runs[closer].previous = opener
        if runs[opener].left == 0 { remove(opener) }
    }

    private mutating func remove(_ run: Int) {
        let (previous, next) = (runs[run].previous, runs[run].next)
        if previous >= 0 { runs[previous].next = next }
        if next >= 0 { runs[next].previous = previous } else { last = previous }
    }
}
