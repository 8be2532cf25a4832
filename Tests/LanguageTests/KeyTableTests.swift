import SeededRandom
import Testing

@testable import Language

@Suite("Key tables")
struct KeyTableTests {
    @Test("keys are numbered as they come and found again, strange ones are not", arguments: [5] as [UInt64])
    func numbers(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let keys = (0..<10_000).map { _ in StableHash.finished(UInt64.random(in: 0 ... .max, using: &generator)) }
        var indexer = KeyIndexer(capacity: 1)
        for (index, key) in keys.enumerated() { #expect(indexer.insert(key) == index) }
        #expect(indexer.insert(keys[77]) == 77)
        #expect(keys.allSatisfy { indexer.contains($0) } && !indexer.contains(1))
        let table = KeyTable(keys: indexer.keys)
        for (index, key) in keys.enumerated() {
            #expect(table.index(of: key) == index, "seed \(seed)")
        }
        for _ in 0..<10_000 {
            let strange = StableHash.finished(UInt64.random(in: 0 ... .max, using: &generator))
            #expect(table.index(of: strange) == -1, "seed \(seed)")
        }
        #expect(KeyTable(keys: []).index(of: 1) == -1)
    }

    @Test("a hash is the same on every machine")
    func stable() {
        #expect(StableHash.of("pedido".utf8) == StableHash.of(Array("pedido".utf8)))
        #expect(StableHash.of("pedido".utf8) == 6_573_318_933_438_926_149)
    }
}
