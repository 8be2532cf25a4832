import Content
import Events
import Language

extension Interpreter {
    /// What a message means whose numbers and addresses say nothing of what is wanted: "cancela el 10024" is "cancela el
    /// pedido". Nil where the message has none, or is clear as it is or no clearer without them.
    func withoutNumbers(_ understanding: Understanding, _ text: String) -> Understanding? {
        guard !understanding.isSure, understanding.rule == nil, text.utf8.count <= Self.longestWithNumbers,
            text.utf8.contains(where: \.isASCIIDigit), let model = model(understanding.language),
            !isNothingButNumbers(SlotText(text), model), let bare = self.text(text, withoutNumbers: model)
        else { return nil }
        var read = understand(bare, model, searches: false)
        guard read.isSure, read.heldBack.isEmpty else { return nil }
        (read.prior, read.languageLogOdds) = (understanding.prior, understanding.languageLogOdds)
        (read.words, read.tone) = (understanding.words, max(read.tone, understanding.tone))
        return read
    }

    /// A longer message tells a story, in which a number more or less decides nothing.
    private static let longestWithNumbers = 200
    /// Words between a number and the word that says what it is.
    private static let reach = 3

    /// Whether a message has nothing but numbers, addresses, and words that say nothing of what is wanted.
    func isNothingButNumbers(_ text: SlotText, _ model: LanguageModel) -> Bool {
        let emails = ContactReader.emails(text).map(\.range)
        return text.words.indices.allSatisfy { word in
            text.words[word].utf8.contains(where: \.isASCIIDigit) || model.choiceWords.isFiller(text.words[word])
                || emails.contains { $0.overlaps(text.origins[word]) }
        }
    }

    /// A message with the word for an order in the place of its number, and without what proves it; nil where it has no
    /// order's number.
    func text(_ text: String, withoutNumbers model: LanguageModel) -> String? {
        let read = SlotText(text)
        let numbers = NumberReader(words: model.slotWords, orderNumber: settings.orderNumber)
        let cues = numbers.cues(in: read)
        let orders = numbers.orders(read, cues, isCued: false)
        guard !orders.isEmpty, let word = model.slotWords.orderCues.first else { return nil }
        let proofs = numbers.postcodes(read, cues, isCued: true) + ContactReader.emails(read)
        var changes: [(range: Range<Int>, text: String)] = proofs.map { proof in
            (start(of: proof.range, cues: model.slotWords.postcodeCues, read)..<proof.range.upperBound, "")
        }
        for (place, order) in orders.enumerated() where !changes.contains(where: { $0.range.overlaps(order.range) }) {
            let isNamed = start(of: order.range, cues: model.slotWords.orderCues, read) < order.range.lowerBound
            changes.append((order.range, isNamed || place > 0 ? "" : word.joined(separator: " ")))
        }
        var bytes = read.bytes
        for change in changes.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            bytes.replaceSubrange(change.range, with: change.text.utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where a number begins with the word before it that says what it is.
    private func start(of range: Range<Int>, cues: [[String]], _ text: SlotText) -> Int {
        let place = text.word(at: range.lowerBound)
        let nearest = max(0, place - Self.reach)..<place
        return nearest.reversed().first { text.longest(of: cues, at: $0) != nil }.map { text.origins[$0].lowerBound }
            ?? range.lowerBound
    }
}
