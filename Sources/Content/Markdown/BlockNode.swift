/// A block while it is being read.
struct BlockNode {
    enum Kind: Equatable {
        case document
        case quote
        case list
        case item
        case paragraph
        case heading(Int)
        case indentedCode
        case fencedCode(mark: UInt8, length: Int, indent: Int)
        case rule

        var takesLines: Bool {
            switch self {
            case .paragraph, .indentedCode, .fencedCode: true
            default: false
            }
        }

        var isCode: Bool {
            switch self {
            case .indentedCode, .fencedCode: true
            default: false
            }
        }

        func canHold(_ child: Kind) -> Bool {
            switch self {
            case .document, .quote, .item: child != .item
            case .list: child == .item
            default: false
            }
        }
    }

    /// What a list marker says.
    struct ListMarker: Equatable {
        /// nil for a bullet.
        var start: Int?
        /// The bullet, or what follows the number: another one begins another list.
        var delimiter: UInt8
        /// Column of the marker within its container, and how far the item's text stands from there.
        var markerOffset: Int
        var padding: Int
    }

    var kind: Kind
    let parent: Int
    let depth: Int
    let line: Int
    var children: [Int] = []
    var text: [UInt8] = []
    var isOpen = true
    var endsBlank = false
    var isTight = true
    var marker: ListMarker?
}
