<<<<<<< HEAD
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "echo":
    try EchoBenchmark.run(Array(arguments.dropFirst()))
default:
    print("usage: benchmarks echo ADDRESS inline|bounce [LOOPS]")
=======
// One file a benchmark; the first argument chooses it.
switch CommandLine.arguments.dropFirst().first {
case "matching": MatchingBenchmark.run()
default: print("usage: benchmarks matching")
>>>>>>> lang
}
