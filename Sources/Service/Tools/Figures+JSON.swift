import JSON
import Matching

/// A figure with the name that it has in JSON and what it is called in a table.
public struct NamedFigure: Sendable, Equatable {
    /// `accuracy`
    public let name: String
    /// `best intent is right`
    public let title: String
    /// All its digits.
    public let value: Double

    /// For a table: without a fraction where it has none.
    public var digits: String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}

extension EvaluationFigures {
    /// What says how good the predictions are, in the order in which it is told; figures of out-of-scope lines only
    /// where there are such lines.
    public var quality: [NamedFigure] {
        // A `Float` has more digits as a `Double` than it means: 0.35 would become 0.3499999940395355.
        let threshold = Double(threshold.description) ?? Double(threshold)
        return [
            NamedFigure(name: "accuracy", title: "best intent is right", value: accuracy),
            NamedFigure(name: "threshold", title: "answers from confidence", value: threshold),
            NamedFigure(name: "in_scope_kept", title: "right and answered", value: inScopeKept),
        ]
            + (outOfScopeRecall.map {
                [NamedFigure(name: "oos_recall", title: "out of scope, not answered", value: $0)]
            } ?? [])
            + (auroc.map {
                [NamedFigure(name: "auroc", title: "confidence tells them apart (AUROC)", value: $0)]
            } ?? []) + [
                NamedFigure(name: "mcc", title: "Matthews' correlation", value: mcc),
                NamedFigure(name: "sure_wrong", title: "answered with a wrong intent", value: sureWrong),
                NamedFigure(name: "ece", title: "calibration error (ECE)", value: calibrationError),
                NamedFigure(
                    name: "ece_own_share", title: "at the lines' own share out of scope",
                    value: calibrationErrorAtOwnShare),
                NamedFigure(name: "in_scope_lines", title: "lines with an intent", value: Double(inScopeLines)),
                NamedFigure(name: "oos_lines", title: "lines out of scope", value: Double(outOfScopeLines)),
            ]
    }

    /// All figures in the order in which they are told.
    public var named: [NamedFigure] {
        quality + [
            NamedFigure(name: "train_seconds", title: "seconds to learn", value: trainSeconds),
            NamedFigure(
                name: "query_microseconds_mean", title: "microseconds a question", value: queryMicrosecondsMean),
        ]
    }
}

extension SearchFigures {
    /// The figures in the order in which they are told.
    public var named: [NamedFigure] {
        [
            NamedFigure(name: "mrr10", title: "mean reciprocal rank of ten (MRR@10)", value: mrr10),
            NamedFigure(name: "recall1", title: "found in first place", value: recall1),
            NamedFigure(name: "recall10", title: "found among the first ten", value: recall10),
        ]
            + (auroc.map { [NamedFigure(name: "auroc", title: "confidence tells right from wrong (AUROC)", value: $0)] }
                ?? []) + [
                NamedFigure(name: "ece", title: "calibration error (ECE)", value: ece),
                NamedFigure(name: "index_seconds", title: "seconds to index", value: indexSeconds),
                NamedFigure(
                    name: "query_microseconds_mean", title: "microseconds a question", value: queryMicrosecondsMean),
            ]
    }
}

extension [NamedFigure] {
    /// Writes them as members of an object that was begun.
    func write(to writer: inout JSONWriter) {
        for figure in self {
            writer.name(dynamic: figure.name)
            writer.value(figure.value)
        }
    }
}
