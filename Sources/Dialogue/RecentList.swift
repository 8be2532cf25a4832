/// The newest elements of something that grows, oldest first. A persistent list, linked from the newest back: copies
/// share all links, so that to add to one of them costs a link, and holding one while a turn may yet be undone nothing.
///
/// Two generations: when the newer one is as long as the list must remember, the older one is let go whole.
public struct RecentList<Element: Sendable & Equatable>: Sendable, Equatable, Sequence, ExpressibleByArrayLiteral {
    /// An element and those before it.
    private final class Link: Sendable {
        let element: Element
        let before: Link?

        init(_ element: Element, after before: Link?) {
            self.element = element
            self.before = before
        }
    }

    private var newer: Link?
    private var newerCount = 0
    private var older: Link?
    private var olderCount = 0

    /// These elements, the oldest first.
    public init(arrayLiteral elements: Element...) {
        for element in elements { append(element) }
    }

    /// Whether there are none.
    public var isEmpty: Bool { newer == nil }
    /// How many there are.
    public var count: Int { newerCount + olderCount }
    /// The newest.
    public var last: Element? { newer?.element }
    /// The oldest.
    /// - Complexity: O(count)
    public var first: Element? { first { _ in true } }

    /// The newest for which the condition holds.
    public func last(where condition: (Element) -> Bool) -> Element? {
        var found: Element?
        walk { element in
            if condition(element) { found = element }
            return found == nil
        }
        return found
    }

    /// The newest as far back as the condition holds for each, oldest first.
    public func suffix(while condition: (Element) -> Bool) -> [Element] {
        var elements: [Element] = []
        walk { element in
            guard condition(element) else { return false }
            elements.append(element)
            return true
        }
        return elements.reversed()
    }

    /// Adds the newest.
    /// - Parameter least: how many of the newest stay at least; at most twice as many do.
    public mutating func append(_ element: Element, keeping least: Int = .max) {
        if newerCount >= least {
            (older, olderCount) = (newer, newerCount)
            (newer, newerCount) = (nil, 0)
        }
        newer = Link(element, after: newer)
        newerCount += 1
    }

    /// From the newest back, for as long as `body` says so.
    private func walk(_ body: (Element) -> Bool) {
        for generation in [newer, older] {
            var link = generation
            while let current = link {
                if !body(current.element) { return }
                link = current.before
            }
        }
    }

    /// The elements, oldest first.
    public func makeIterator() -> IndexingIterator<[Element]> { suffix { _ in true }.makeIterator() }

    /// Whether both hold the same elements.
    public static func == (one: Self, other: Self) -> Bool {
        one.count == other.count
            && (one.newer === other.newer && one.older === other.older || one.elementsEqual(other))
    }
}
