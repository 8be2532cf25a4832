// swift-tools-version: 6.0
import PackageDescription

// The house: every target imports only what stands on a floor below it.

/// Learning and reading texts is so much arithmetic that a debug build would take seconds for what a release takes
/// milliseconds: these are optimised in both.
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]
/// Every test runs a debug build, which checks that nobody else uses what is being changed; in a release that check, at
/// each property of the state, would take 2 % of a message's instructions.
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
        .target(name: "Threading", swiftSettings: checkedInDebug),
        // Floor 1
        .target(name: "Matching", dependencies: ["Language", "SeededRandom", "Threading"], swiftSettings: optimized),
        .target(
            name: "Content", dependencies: ["Language", "JSON", "Checksums", "Threading"],
            resources: [.embedInCode("Catalogue")]),
        .target(name: "Events", dependencies: ["JSON", "Checksums"]),
        .target(name: "Loop", dependencies: ["CLinux", "Threading"], swiftSettings: checkedInDebug),
        // Floor 2
        .target(
            name: "Dialogue", dependencies: ["Language", "JSON", "Threading", "Matching", "Content", "Events"],
            swiftSettings: checkedInDebug),
        .target(name: "Desk", dependencies: ["Events"]),
        .target(
            name: "Journal", dependencies: ["JSON", "Checksums", "SeededRandom", "Threading", "Events"],
            swiftSettings: checkedInDebug),
        .target(
            name: "Shop", dependencies: ["CLinux", "JSON", "Checksums", "Threading", "Content", "Events"],
            swiftSettings: checkedInDebug),
        .target(name: "Wire", dependencies: ["Language", "JSON", "Checksums", "Events"]),
        // Floor 3
        .target(name: "LineServer", dependencies: ["Threading", "Loop"], swiftSettings: checkedInDebug),
        // Floor 4
        .target(
            name: "Service",
            dependencies: [
                "CLinux", "Language", "JSON", "Checksums", "Threading", "Matching", "Content", "Events", "Loop",
                "Dialogue", "Desk",
                "Journal", "Shop", "Wire", "LineServer",
            ],
            swiftSettings: checkedInDebug),
        // Floor 5
        .executableTarget(
            name: "conserje",
            dependencies: [
                "Language", "JSON", "Checksums", "Matching", "Content", "Events", "Dialogue", "Journal", "Shop", "Wire",
                "Service",
            ]),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "Language", "JSON", "SeededRandom", "Matching", "Content", "Events", "Loop", "Dialogue", "Journal",
                "LineServer",
            ]),
        // Tests mirror the targets one to one.
        .testTarget(name: "LanguageTests", dependencies: ["Language", "SeededRandom"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "SeededRandom"]),
        .testTarget(name: "ChecksumsTests", dependencies: ["Checksums"]),
        .testTarget(name: "MatchingTests", dependencies: ["SeededRandom", "Matching"]),
        .testTarget(name: "ContentTests", dependencies: ["SeededRandom", "Content"]),
        .testTarget(name: "EventsTests", dependencies: ["JSON", "Events"]),
        .testTarget(name: "ThreadingTests", dependencies: ["Threading"]),
        .testTarget(name: "LoopTests", dependencies: ["SeededRandom", "Threading", "Loop"]),
        .testTarget(name: "DialogueTests", dependencies: ["Content", "Events", "Dialogue"]),
        .testTarget(name: "DeskTests", dependencies: ["Events", "Desk"]),
        .testTarget(name: "JournalTests", dependencies: ["JSON", "Checksums", "Threading", "Events", "Journal"]),
        .testTarget(
            name: "ShopTests",
            dependencies: ["JSON", "Checksums", "Threading", "Content", "Events", "Shop", "conserje"]),
        .testTarget(name: "WireTests", dependencies: ["JSON", "SeededRandom", "Events", "Wire"]),
        .testTarget(name: "LineServerTests", dependencies: ["SeededRandom", "Threading", "Loop", "LineServer"]),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "JSON", "Checksums", "SeededRandom", "Threading", "Content", "Events", "Loop", "Dialogue", "Journal",
                "Shop", "Wire", "LineServer", "Service",
            ]),
        .testTarget(
            name: "ConversationTests",
            dependencies: [
                "JSON", "SeededRandom", "Content", "Events", "Loop", "Dialogue", "Journal", "Shop", "Wire",
                "LineServer", "Service",
            ],
            exclude: ["OutOfScope", "Person/person.tsv"]),
        .testTarget(
            name: "DaemonTests",
            dependencies: ["JSON", "Checksums", "SeededRandom", "Content", "Events", "Wire", "conserje"]),
    ],
    swiftLanguageModes: [.v6]
)

// A structure's size is nothing that its module's users see change: whoever holds one that holds one of a floor further
// down would not be built anew. So each target depends on all that stands below it.
let named = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0.dependencies.compactMap(\.module)) })

func below(_ target: String) -> Set<String> {
    (named[target] ?? []).reduce(into: []) { $0.formUnion(below($1).union([$1])) }
}

for target in package.targets { target.dependencies = below(target.name).sorted().map { .byName(name: $0) } }

extension Target.Dependency {
    var module: String? { if case .byNameItem(let name, _) = self { name } else { nil } }
}
