import Foundation
import Matching

/// Time to index many sections and to search them, and how often the section that a question was made of comes first.
///
/// `benchmarks search COUNT [FOLDER…]`: the sections are cut out of the text files in the folders. With `SEARCH_CORPUS`
/// naming a folder, sections and questions are written there as `conserje evaluate search` reads them: other engines
/// can be asked the same.
enum SearchBenchmark {
    private static let folders = [
        "/usr/share/doc", "/usr/share/perl", "/usr/lib/python3", "/usr/lib/python3.11", "/usr/include",
    ]
    private static let questions = 2_000
    private static let seed: UInt64 = 11

    static func run(_ arguments: [String]) throws {
        let count = arguments.first.flatMap { Int($0) } ?? 100_000
        let corpus = SearchCorpus(
            folders: arguments.count > 1 ? Array(arguments.dropFirst()) : folders, count: count)
        let queries = corpus.queries(questions, seed: seed)
        let bytes = corpus.documents.reduce(0) { $0 + $1.title.utf8.count + $1.body.utf8.count }
        print("\(corpus.documents.count) sections, \(bytes) bytes, \(queries.count) questions, seed \(seed)")
        if let folder = ProcessInfo.processInfo.environment["SEARCH_CORPUS"] { try write(corpus, queries, to: folder) }
        let start = clock()
        let figures = SearchEvaluation.search(documents: corpus.documents, queries: queries, language: "en").figures
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        print("index: \(figures.indexSeconds) s")
        print("search: \(figures.queryMicrosecondsMean) µs, MRR@10 \(figures.mrr10); both \(seconds) s of processors")
    }

    private static func write(_ corpus: SearchCorpus, _ queries: [SearchQuery], to folder: String) throws {
        let encoder = JSONEncoder()
        func write(_ name: String, _ objects: [some Encodable]) throws {
            let lines = try objects.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
            try lines.joined().write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        struct Document: Encodable { let id, title, body: String }
        struct Query: Encodable { let query: String, relevant: [String] }
        try write(
            "docs.jsonl", corpus.documents.map { Document(id: $0.id, title: $0.title, body: $0.body) })
        try write(
            "queries.jsonl", queries.map { Query(query: $0.text, relevant: $0.relevant.sorted()) })
    }
}
