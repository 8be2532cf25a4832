extension ConversationTest {
    /// Reads a file of conversations that is not in the content folder.
    /// - Returns: the conversations, or what is wrong with the file.
    public static func read(
        path: String, bytes: [UInt8], for bundle: ContentBundle
    ) -> Result<[ConversationTest], ContentFailure> {
        var problems = Problems()
        let source = SourceText(path: path, bytes: bytes)
        if let offset = SourceText.firstInvalidByte(source.bytes) {
            problems.report(.notUTF8, in: source, at: offset, hint: .hintNotUTF8)
            return .failure(.invalid(problems.list))
        }
        let names = ConversationTestReader.Names(
            settings: bundle.settings, intents: bundle.intents.map(\.id).sorted())
        let tests = ConversationTestReader.read(source, names, &problems)
        return problems.hasErrors ? .failure(.invalid(problems.sorted())) : .success(tests)
    }
}
