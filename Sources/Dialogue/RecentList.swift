import Synchronization

/// The newest elements of something that grows, oldest first. Copies share their storage, in which each sees its own
/// stretch: whoever is first to add behind it adds in place, everybody else copies. So to hold a copy while a turn may
/// yet be undone costs the next element nothing.
public struct RecentList<Element: Sendable & Equatable>: Sendable, Equatable, RandomAccessCollection,
    ExpressibleByArrayLiteral
{
    /// Elements in a row.
    ///
    /// `@unchecked Sendable`: an element is written by the one who claimed its place, before anybody else knows of it,
    /// and never changed.
    private final class Chunk: @unchecked Sendable {
        let elements: UnsafeMutablePointer<Element>
        let capacity: Int
        /// How many places are taken.
        private let claimed: Atomic<Int>

        init(copying first: UnsafeMutablePointer<Element>?, _ count: Int, capacity: Int) {
            elements = .allocate(capacity: capacity)
            self.capacity = capacity
            claimed = Atomic(count)
            if let first { elements.initialize(from: first, count: count) }
        }

        deinit {
            elements.deinitialize(count: claimed.load(ordering: .acquiring))
            elements.deallocate()
        }

        /// Takes the place behind the first `count`; whoever has it puts an element there.
        /// - Returns: false where there is no room, or another copy has taken it.
        func claim(behind count: Int) -> Bool {
            count < capacity
                && claimed.compareExchange(expected: count, desired: count + 1, ordering: .acquiringAndReleasing)
                    .exchanged
        }
    }

    /// Each but the last is full.
    private var chunks: [Chunk] = []
    /// 0
    public let startIndex = 0
    /// How many there are.
    public private(set) var endIndex = 0

    /// Room of a short list's only chunk, which doubles up to that of a full one.
    private static var smallest: Int { 4 }
    /// Room of a full chunk.
    private static var full: Int { 32 }

    /// These elements, the oldest first.
    public init(arrayLiteral elements: Element...) {
        for element in elements { append(element) }
    }

    /// The element at a place, the oldest at 0.
    public subscript(place: Int) -> Element {
        precondition((0..<endIndex).contains(place), "no element at that place")
        return chunks[place / Self.full].elements[place % Self.full]
    }

    /// Adds the newest.
    /// - Parameter least: how many of the newest stay at least; at most 32 more do.
    public mutating func append(_ element: consuming Element, keeping least: Int = .max) {
        let count = endIndex % Self.full
        if count == 0 {
            chunks.append(Chunk(copying: nil, 0, capacity: chunks.isEmpty ? Self.smallest : Self.full))
            _ = chunks[chunks.count - 1].claim(behind: 0)
        } else if !chunks[chunks.count - 1].claim(behind: count) {
            let last = chunks[chunks.count - 1].elements
            chunks[chunks.count - 1] = Chunk(copying: last, count, capacity: Swift.min(Self.full, 2 * count))
            _ = chunks[chunks.count - 1].claim(behind: count)
        }
        (chunks[chunks.count - 1].elements + count).initialize(to: element)
        endIndex += 1
        if endIndex - Self.full >= least {
            chunks.removeFirst()
            endIndex -= Self.full
        }
    }

    /// Whether both hold the same elements.
    public static func == (one: Self, other: Self) -> Bool {
        one.endIndex == other.endIndex && (one.chunks.elementsEqual(other.chunks, by: ===) || one.elementsEqual(other))
    }
}
