/// Knows how many of a connection's unwritten bytes are pushes: they and replies share one output, but each has a limit
/// of its own. Costs nothing while the output is empty.
struct PushAccount {
    private struct Run {
        var start: UInt64
        var end: UInt64
    }

    /// Stretches of pushes in the connection's output, counted from the connection's first byte.
    private var runs: [Run] = []
    private var total = 0

    /// A push has been appended to the output and ends at `end`.
    mutating func add(_ count: Int, endingAt end: UInt64) {
        let start = end - UInt64(count)
        if let last = runs.indices.last, runs[last].end == start {
            runs[last].end = end
        } else {
            runs.append(Run(start: start, end: end))
        }
        total += count
    }

    /// The output has been written up to `position`.
    mutating func written(upTo position: UInt64) {
        guard total > 0 else { return }
        var gone = 0
        while gone < runs.count, runs[gone].end <= position {
            total -= Int(runs[gone].end - runs[gone].start)
            gone += 1
        }
        if gone == runs.count {
            runs = []
            return
        }
        runs.removeFirst(gone)
        if runs[0].start < position {
            total -= Int(position - runs[0].start)
            runs[0].start = position
        }
    }

    /// Unwritten push bytes.
    var unwritten: Int { total }
}
