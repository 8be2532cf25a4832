@testable import Content

/// A shop with one hostile file is read, or refused with places in its files; never in another way, and the same each
/// time. The first byte chooses the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzShop(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        guard let choice = bytes.first else { return }
        let text = Array(bytes.dropFirst())
        var files = sound
        files[Int(choice &- UInt8(ascii: "0")) % files.count].bytes = text
        let sources = files.map { sourceText($0.path, $0.bytes) }
        switch ContentLoader.load(files: files) {
        case .success(let bundle):
            requirePlaces(bundle.problems, in: sources)
            require(bundle.problems.allSatisfy { $0.severity == .warning }, "taken in spite of errors")
            require(!bundle.settings.teams.isEmpty && !bundle.settings.languages.isEmpty, "no team or language")
            for section in bundle.sections { require(!section.path.isEmpty, "a section without a path") }
        case .failure(.invalid(let problems)):
            requirePlaces(problems, in: sources)
            require(problems.contains { $0.severity == .error }, "refused without a reason")
        case .failure(.noIntents): require(false, "refused as empty")
        }
    }
}

private let sound = SmallShop().adding("Intents/synonyms.md", "# Español\n- cafe, cafetera\n").files
    .sorted { $0.key < $1.key }.map { (path: $0.key, bytes: Array($0.value.utf8)) }
