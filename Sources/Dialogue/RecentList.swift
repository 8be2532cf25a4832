/// The newest elements of something that grows, oldest first. A persistent list, linked from the newest back: copies
/// share all links, so that to add to one of them costs a link, and holding one while a turn may yet be undone nothing.
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

    private var newest: Link?
    /// How many there are.
    public private(set) var count = 0

    /// These elements, the oldest first.
    public init(arrayLiteral elements: Element...) {
        for element in elements { append(element) }
    }

    /// Whether there are none.
    public var isEmpty: Bool { newest == nil }
    /// The newest.
    public var last: Element? { newest?.element }
    /// The oldest.
    /// - Complexity: O(count)
    public var first: Element? { first { _ in true } }

    /// The newest for which the condition holds.
    public func last(where condition: (Element) -> Bool) -> Element? {
        var link = newest
        while let current = link {
            if condition(current.element) { return current.element }
            link = current.before
        }
        return nil
    }

    /// The newest as far back as the condition holds for each, oldest first.
    public func suffix(while condition: (Element) -> Bool) -> [Element] {
        var elements: [Element] = []
        var link = newest
        while let current = link, condition(current.element) {
            elements.append(current.element)
            link = current.before
        }
        return elements.reversed()
    }

    /// Adds the newest. Where there would be more than `most`, only the newest `least` stay.
    public mutating func append(_ element: Element, most: Int = .max, least: Int = .max) {
        newest = Link(element, after: newest)
        count += 1
        if count > most { self = Self(suffix(least)) }
    }

    private init(_ elements: [Element]) {
        for element in elements { append(element) }
    }

    /// The elements, oldest first.
    public func makeIterator() -> IndexingIterator<[Element]> { suffix { _ in true }.makeIterator() }

    /// Whether both hold the same elements.
    public static func == (one: Self, other: Self) -> Bool {
        guard one.count == other.count else { return false }
        var (left, right) = (one.newest, other.newest)
        while let element = left, element !== right {
            if element.element != right?.element { return false }
            (left, right) = (element.before, right?.before)
        }
        return true
    }
}
