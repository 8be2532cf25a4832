// swift-tools-version: 6.0
import PackageDescription

// The house: every target imports only what stands on a floor below it.

/// Learning and reading texts is so much arithmetic that a debug build would take seconds for what a release takes
/// milliseconds: these are optimised in both.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]
/// Every test runs a debug build, which checks that nobody else uses what is being changed; in a release that check, at
/// each property of the state, would take 3 % of a message's instructions.
let checkedInDebug: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

let package = Package(
    name: "conserje",
    products: [.executable(name: "conserje", targets: ["conserje"])],
    targets: [
        // Floor 0
        .systemLibrary(name: "CLinux"),
        .target(name: "Language", swiftSettings: optimized),
        .target(name: "JSON"),
        .target(name: "Checksums"),
        .target(name: "SeededRandom", swiftSettings: optimized),
        // Floor 1
        .target(name: "Matching", dependencies: ["Language", "JSON", "SeededRandom"], swiftSettings: optimized),
        .target(
            name: "Content", dependencies: ["Language", "JSON"],
            resources: [.embedInCode("Catalogue")]),
        .target(name: "Events", dependencies: ["JSON", "Checksums"]),
        .target(name: "Loop", dependencies: ["CLinux"], swiftSettings: checkedInDebug),
        // Floor 2
        .target(
            name: "Dialogue", dependencies: ["Events", "Content", "Matching", "Language", "JSON"],
            swiftSettings: checkedInDebug),
        .target(name: "Desk", dependencies: ["Events", "Content", "JSON"]),
        .target(
            name: "Journal", dependencies: ["Events", "Checksums", "JSON", "SeededRandom", "CLinux"],
            swiftSettings: checkedInDebug),
        .target(name: "Wire", dependencies: ["Events", "Language", "JSON", "Checksums"]),
        // Floor 3
        .target(name: "LineServer", dependencies: ["Loop", "Wire", "JSON"], swiftSettings: checkedInDebug),
        // Floor 4
        .target(
            name: "Service",
            dependencies: [
                "LineServer", "Dialogue", "Desk", "Journal", "Wire", "Matching", "Content", "Events", "Loop",
                "Language", "JSON", "Checksums", "CLinux",
            ],
            swiftSettings: checkedInDebug),
        // Floor 5
        .executableTarget(
            name: "conserje", dependencies: ["Service"]),
        .executableTarget(name: "benchmarks", dependencies: ["Service", "SeededRandom"]),
        // Tests mirror the targets one to one.
        .testTarget(name: "LanguageTests", dependencies: ["Language", "SeededRandom"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "SeededRandom"]),
        .testTarget(name: "ChecksumsTests", dependencies: ["Checksums"]),
        .testTarget(name: "MatchingTests", dependencies: ["Matching", "SeededRandom"]),
        .testTarget(name: "ContentTests", dependencies: ["Content", "SeededRandom"]),
        .testTarget(name: "EventsTests", dependencies: ["Events"]),
        .testTarget(name: "LoopTests", dependencies: ["Loop", "SeededRandom"]),
        .testTarget(name: "DialogueTests", dependencies: ["Dialogue"]),
        .testTarget(name: "DeskTests", dependencies: ["Desk"]),
        .testTarget(name: "JournalTests", dependencies: ["Journal"]),
        .testTarget(name: "WireTests", dependencies: ["Wire", "SeededRandom"]),
        .testTarget(name: "LineServerTests", dependencies: ["LineServer", "SeededRandom"]),
        .testTarget(name: "ServiceTests", dependencies: ["Service", "SeededRandom"]),
        .testTarget(name: "ConversationTests", dependencies: ["Service"]),
        .testTarget(name: "DaemonTests", dependencies: ["conserje", "JSON", "SeededRandom"]),
    ],
    swiftLanguageModes: [.v6]
)
