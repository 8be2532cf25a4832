/// stub
public enum SentenceKey: String, CaseIterable, Sendable { case frontMatterUnclosed, hintFrontMatterUnclosed, frontMatterMalformed, hintFrontMatterMalformed, frontMatterRepeated, hintNearest, hintKnown }
enum Catalogue { static func sentence(_ key: SentenceKey, _ language: String, textArguments: [String: String]) -> String { "" } }
