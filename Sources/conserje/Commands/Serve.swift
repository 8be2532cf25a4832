/// Runs the daemon until it is told to stop.
func serve(_ options: ServeOptions) -> ExitCode {
    StandardStream.error.write("conserje: the daemon is not linked into this executable yet\n")
    return .unavailable
}
