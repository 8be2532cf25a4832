// One file a benchmark; the first argument chooses it.
switch CommandLine.arguments.dropFirst().first {
case "matching": MatchingBenchmark.run()
default: print("usage: benchmarks matching")
}
