import JSON
import Matching

/// A figure with the name that it has in JSON and in the catalogue of sentences.
public struct NamedFigure: Sendable, Equatable {
    /// `accuracy`
    public let name: String
    /// All its digits.
    public let value: Double
}

extension EvaluationFigures {
    /// The figures in the order in which they are told; those of out-of-scope lines only where there are such lines.
    public var named: [NamedFigure] {
        // A `Float` has more digits as a `Double` than it means: 0.35 would become 0.3499999940395355.
        let threshold = Double(threshold.description) ?? Double(threshold)
        return [
            NamedFigure(name: "accuracy", value: accuracy), NamedFigure(name: "threshold", value: threshold),
            NamedFigure(name: "in_scope_kept", value: inScopeKept),
        ] + (outOfScopeRecall.map { [NamedFigure(name: "oos_recall", value: $0)] } ?? [])
            + (auroc.map { [NamedFigure(name: "auroc", value: $0)] } ?? []) + [
                NamedFigure(name: "mcc", value: mcc),
                NamedFigure(name: "in_scope_lines", value: Double(inScopeLines)),
                NamedFigure(name: "oos_lines", value: Double(outOfScopeLines)),
                NamedFigure(name: "train_seconds", value: trainSeconds),
                NamedFigure(name: "query_microseconds_mean", value: queryMicrosecondsMean),
            ]
    }
}

extension SearchFigures {
    /// The figures in the order in which they are told.
    public var named: [NamedFigure] {
        [
            NamedFigure(name: "mrr10", value: mrr10), NamedFigure(name: "recall1", value: recall1),
            NamedFigure(name: "recall10", value: recall10),
        ] + (auroc.map { [NamedFigure(name: "auroc", value: $0)] } ?? []) + [
            NamedFigure(name: "ece", value: ece), NamedFigure(name: "index_seconds", value: indexSeconds),
            NamedFigure(name: "query_microseconds_mean", value: queryMicrosecondsMean),
        ]
    }
}

extension [NamedFigure] {
    /// Writes them as members of an object that was begun.
    public func write(to writer: inout JSONWriter) {
        for figure in self {
            writer.name(dynamic: figure.name)
            writer.value(figure.value)
        }
    }
}
