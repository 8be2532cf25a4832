/// What is wrong with a flow as a whole: steps that nothing leads to, loops that nobody gets out of.
struct FlowCheck {
    let steps: [Flow.Step]
    /// Where each step is written; nil for one that nobody wrote.
    let offsets: [Int?]
    let source: SourceText

    func report(_ problems: inout Problems) {
        let reached = reached(from: [0]) { next(after: $0) }
        var wasReached = true
        for (index, offset) in offsets.enumerated() {
            guard let offset else { continue }
            if !reached[index], wasReached {
                problems.report(.flowUnreachable, in: source, at: offset, severity: .warning)
            }
            wasReached = reached[index]
        }
        if let step = spinning(reached) {
            problems.report(.flowSpins, in: source, at: offset(of: step), hint: .hintFlowLoop)
        } else if let step = trapped(reached) {
            problems.report(.flowWithoutEnd, in: source, at: offset(of: step), hint: .hintFlowLoop)
        }
    }

    /// Where a step is written, or the one before it that is.
    private func offset(of step: Int) -> Int { offsets[...step].last { $0 != nil }.flatMap { $0 } ?? 0 }

    private func next(after index: Int) -> [Int] {
        steps[index].next(after: index).filter { $0 < steps.count }
    }

    private func reached(from starts: [Int], _ next: (Int) -> [Int]) -> [Bool] {
        var reached = [Bool](repeating: false, count: steps.count)
        var open = starts
        while let index = open.popLast() {
            guard !reached[index] else { continue }
            reached[index] = true
            open += next(index)
        }
        return reached
    }

    /// A step that comes round to itself without the customer ever having the word.
    private func spinning(_ reachable: [Bool]) -> Int? {
        steps.indices.first { start in
            guard reachable[start], !steps[start].waits else { return false }
            let after = next(after: start).filter { !steps[$0].waits }
            return reached(from: after) { next(after: $0).filter { !steps[$0].waits } }[start]
        }
    }

    /// A step from which the flow never ends.
    private func trapped(_ reachable: [Bool]) -> Int? {
        var before = [[Int]](repeating: [], count: steps.count)
        for index in steps.indices {
            for next in next(after: index) { before[next].append(index) }
        }
        let ends = steps.indices.filter { steps[$0].next(after: $0).isEmpty }
        let leaving = reached(from: ends) { before[$0] }
        return steps.indices.first { reachable[$0] && !leaving[$0] }
    }
}
