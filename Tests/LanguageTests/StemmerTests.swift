import Foundation
import SeededRandom
import Testing

@testable import Language

@Suite("Stemmers")
struct StemmerTests {
    @Test(
        "English words get their Snowball stems",
        arguments: [
            ("transferred", "transfer"), ("delivery", "deliveri"), ("deliveries", "deliveri"), ("returning", "return"),
            ("hoped", "hope"), ("added", "add"), ("dying", "die"), ("buying", "buy"), ("skis", "ski"),
            ("geologists", "geolog"), ("kindly", "kind"), ("university", "universiti"), ("pasted", "paste"),
            ("inning", "inning"), ("succeed", "succeed"), ("yes", "yes"), ("there's", "there"), ("ab", "ab"),
            ("", ""), ("señor", "señor"),
        ])
    func english(word: String, stem: String) {
        #expect(Stemmer.english.stem(word) == stem)
    }

    @Test(
        "Spanish words get their Snowball stems",
        arguments: [
            ("correrá", "corr"), ("atañe", "atañ"), ("planeados", "plan"), ("viejito", "viejit"),
            ("devolución", "devolu"), ("devolucion", "devolu"), ("comprarla", "compr"), ("paguen", "pag"),
            ("rápidamente", "rapid"), ("vergüenza", "vergüenz"), ("y", "y"), ("", ""),
        ])
    func spanish(word: String, stem: String) {
        #expect(Stemmer.spanish.stem(word) == stem)
    }

    @Test("languages are found by code, with or without a region")
    func codes() {
        #expect(Stemmer(language: "es-MX") == .spanish)
        #expect(Stemmer(language: "EN") == .english)
        #expect(Stemmer(language: "fr") == nil)
    }

    @Test("the published vocabularies are stemmed without a difference", arguments: Stemmer.allCases)
    func vocabulary(stemmer: Stemmer) throws {
        guard let url = Self.vocabulary("stemming/\(stemmer).tsv") else {
            print("skipped: no vocabulary of \(stemmer); CONSERJE_SHARED names the folder that holds data/stemming")
            return
        }
        var differences: [String] = []
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        for line in lines {
            let pair = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2 else { continue }
            let stem = stemmer.stem(pair[0])
            if stem != pair[1] { differences.append("\(pair[0]): \(stem), not \(pair[1])") }
        }
        #expect(lines.count > 20_000)
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20))")
    }

    @Test("no bytes crash a stemmer", arguments: [7, 8] as [UInt64])
    func anyBytes(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let letters = Array("aeiouyáéíñülnrstdmg'".utf8) + [0xC3, 0xFF]
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...12, using: &generator)
            let word = (0..<length).map { _ in letters.randomElement(using: &generator) ?? 0 }
            for stemmer in Stemmer.allCases {
                var stem = word
                stemmer.stem(&stem)
                #expect(stem.count <= word.count + 2, "seed \(seed): \(word)")
            }
        }
    }

    /// `data/…` beside the repository, or where `CONSERJE_SHARED` says.
    private static func vocabulary(_ name: String) -> URL? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared = ProcessInfo.processInfo.environment["CONSERJE_SHARED"].map { URL(fileURLWithPath: $0) }
        let folders = [shared, root.deletingLastPathComponent().appendingPathComponent("shared")].compactMap { $0 }
        return folders.map { $0.appendingPathComponent("data").appendingPathComponent(name) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }
}
