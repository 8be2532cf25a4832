/// Which letters' keys lie side by side on the keyboards of Spanish and English.
public enum Keyboard {
    /// Each row stands a part of a key further right than the one above: a key touches the one above it and that one's
    /// right neighbour. Only the Spanish keyboard has ñ; on the English one nothing that folded words have lies there.
    private static let rows = ["qwertyuiop", "asdfghjklñ", "zxcvbnm"]

    /// Of each letter, its neighbours, a bit each.
    private static let neighbours: [UInt32] = {
        let letters = rows.map { $0.unicodeScalars.map { number($0.value) } }
        var neighbours = [UInt32](repeating: 0, count: 27)
        func join(_ one: Int, _ other: Int) {
            neighbours[one] |= 1 << UInt32(other)
            neighbours[other] |= 1 << UInt32(one)
        }
        for (above, row) in zip([[]] + letters, letters) {
            for (place, key) in row.enumerated() {
                if place > 0 { join(row[place - 1], key) }
                for upper in above.dropFirst(place).prefix(2) { join(upper, key) }
            }
        }
        return neighbours
    }()

    /// A letter's place in the table; -1 where it is none of it.
    private static func number(_ letter: UInt32) -> Int {
        switch letter {
        case 0x61...0x7A: Int(letter) - 0x61
        case 0xF1: 26
        default: -1
        }
    }

    /// Whether two folded letters' keys lie side by side.
    public static func areNeighbours(_ one: UInt32, _ other: UInt32) -> Bool {
        let (one, other) = (number(one), number(other))
        return one >= 0 && other >= 0 && neighbours[one] >> UInt32(other) & 1 != 0
    }
}
