import Glibc

// Everything else lives in types: what is written here is isolated to the main actor.
exit(Program.run(words: Array(CommandLine.arguments.dropFirst())).rawValue)
