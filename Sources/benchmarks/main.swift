let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "echo":
    try EchoBenchmark.run(Array(arguments.dropFirst()))
default:
    print("usage: benchmarks echo ADDRESS inline|bounce [LOOPS]")
}
