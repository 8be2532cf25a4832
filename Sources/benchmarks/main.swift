// One file a benchmark; the first argument chooses it.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "echo": try EchoBenchmark.run(Array(arguments.dropFirst()))
case "matching": MatchingBenchmark.run()
case "search": try SearchBenchmark.run(Array(arguments.dropFirst()))
case "message": try MessageBenchmark.run(Array(arguments.dropFirst()))
case "flow": FlowBenchmark.run(Array(arguments.dropFirst()))
default:
    print(
        "usage: benchmarks echo ADDRESS inline|bounce [LOOPS] | matching | message [FOLDER] | flow [FOLDER] | "
            + "search COUNT [FOLDER…]")
}
