import Synchronization

/// The newest elements of something that grows, oldest first. Copies share their storage, in which each sees its own
/// stretch: whoever is first to add behind it adds in place, everybody else copies. So to hold a copy while a turn may
/// yet be undone costs the next element nothing.
public struct RecentList<Element: Sendable & Equatable>: Sendable, Equatable, RandomAccessCollection,
    ExpressibleByArrayLiteral
{
    /// `@unchecked Sendable`: an element is written by the one who claimed its place, before anybody else knows of it,
    /// and never changed.
    private final class Storage: @unchecked Sendable {
        let elements: UnsafeMutablePointer<Element>
        let capacity: Int
        /// How many places are taken.
        private let claimed: Atomic<Int>

        init(_ first: some Collection<Element>, capacity: Int) {
            elements = .allocate(capacity: capacity)
            self.capacity = capacity
            claimed = Atomic(first.count)
            for (place, element) in first.enumerated() { (elements + place).initialize(to: element) }
        }

        deinit {
            elements.deinitialize(count: claimed.load(ordering: .acquiring))
            elements.deallocate()
        }

        /// Puts an element behind the first `count`.
        /// - Returns: false where there is no room, or another copy has put one there.
        func append(_ element: Element, behind count: Int) -> Bool {
            guard count < capacity,
                claimed.compareExchange(expected: count, desired: count + 1, ordering: .acquiringAndReleasing).exchanged
            else { return false }
            (elements + count).initialize(to: element)
            return true
        }
    }

    private var storage: Storage?
    /// 0
    public let startIndex = 0
    /// How many there are.
    public private(set) var endIndex = 0

    private static var smallest: Int { 4 }

    /// These elements, the oldest first.
    public init(arrayLiteral elements: Element...) {
        for element in elements { append(element) }
    }

    /// The element at a place, the oldest at 0.
    public subscript(place: Int) -> Element {
        guard let storage, (0..<endIndex).contains(place) else { preconditionFailure("no element at \(place)") }
        return storage.elements[place]
    }

    /// Adds the newest.
    /// - Parameter least: how many of the newest stay at least; at most twice as many do.
    public mutating func append(_ element: Element, keeping least: Int = .max / 2) {
        if storage?.append(element, behind: endIndex) != true {
            let kept = endIndex < 2 * least ? self[...] : suffix(least)
            storage = Storage(kept, capacity: Swift.min(2 * least, Swift.max(Self.smallest, 2 * kept.count)))
            endIndex = kept.count
            _ = storage?.append(element, behind: endIndex)
        }
        endIndex += 1
    }

    /// Whether both hold the same elements.
    public static func == (one: Self, other: Self) -> Bool {
        one.endIndex == other.endIndex && (one.storage === other.storage || one.elementsEqual(other))
    }
}
