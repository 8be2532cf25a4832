import Dispatch
import Glibc
import Service

/// Runs the daemon until it is told to stop.
func serve(_ options: ServeOptions, language: String) -> ExitCode {
    if let web = options.web, web != "off" {
        StandardStream.error.write("conserje: --web takes only off in this version\n")
        return .settings
    }
    var daemonOptions = DaemonOptions()
    daemonOptions.content = options.content
    daemonOptions.data = options.data
    daemonOptions.listen = options.listen
    daemonOptions.agents = options.agents
    daemonOptions.agentTokens = options.agentTokens
    daemonOptions.ordersToken = options.ordersToken
    daemonOptions.vouchSecret = options.vouchSecret
    daemonOptions.insecureAgents = options.insecureAgents
    daemonOptions.salvage = options.salvage
    daemonOptions.language = language
    raiseDescriptorLimit()
    do throws(DaemonFailure) {
        let daemon = try Daemon(daemonOptions, report: report)
        for line in daemon.listening { StandardStream.output.write(line + "\n") }
        StandardStream.output.write("ready\n")
        waitForSignals(daemon)
        return .success
    } catch {
        switch error {
        case .settings(let reason): return fail(reason, .settings)
        case .content(let lines):
            for line in lines { StandardStream.error.write(line + "\n") }
            return .badContent
        case .cannotCreate(let reason): return fail(reason, .cannotCreate)
        case .inputOutput(let reason): return fail(reason, .inputOutput)
        case .damaged(let reason): return fail(reason, .badContent)
        }
    }
}

private func fail(_ reason: String, _ code: ExitCode) -> ExitCode {
    StandardStream.error.write("conserje: \(reason)\n")
    return code
}

/// A line for the operator.
private func report(_ line: String) { StandardStream.error.write("conserje: \(line)\n") }

/// Thousands of connections need as many descriptors: the soft limit goes up to the hard one.
private func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// SIGHUP reads the content again; SIGTERM and SIGINT end it, at the latest after five seconds.
private func waitForSignals(_ daemon: Daemon) {
    let queue = DispatchQueue(label: "signals")
    let ended = DispatchSemaphore(value: 0)
    let sources = [SIGHUP, SIGTERM, SIGINT].map { number in
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler {
            if number == SIGHUP { return daemon.reload(report: report) }
            daemon.stop { ended.signal() }
            queue.asyncAfter(deadline: .now() + 4.5) { ended.signal() }
        }
        source.resume()
        return source
    }
    ended.wait()
    for source in sources { source.cancel() }
}
