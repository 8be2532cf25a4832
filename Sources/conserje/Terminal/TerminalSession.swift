import Content

/// What talks to the daemon for a person.
protocol TerminalSession: AnyObject {
    /// What it asks the daemon for.
    associatedtype Request: Equatable
    /// What ends a connection politely.
    static var quit: Request { get }
    var console: Console { get }
    var link: Link<Request> { get }
    var sentences: Sentences { get }
    var attachment: Attachment { get set }
    /// Set once the session is over.
    var result: ExitCode? { get set }
    /// Something came from the person.
    func take(_ input: Console.Input)
    /// Something came from the daemon.
    func take(_ event: Link<Request>.Event)
    /// Called in each round, after what came; returns when it wants to be called again at the latest.
    func tick(now: Int) -> Int?
}

/// How a session hangs on its connection.
struct Attachment {
    /// How long, in milliseconds, somebody who cannot be asked (a script, or a person who has ended) waits for a
    /// daemon that is gone.
    static let patience = 30_000

    /// Whether the daemon has let it in before.
    var wasEverOpen = false
    /// Whether the daemon has said why it closes.
    var wasTurnedAway = false
    /// Since when there is no connection.
    var lostAt: Int?
    /// Whether nothing more will be asked.
    var isEnding = false
}

extension TerminalSession {
    /// The daemon has let the session in: what waits is sent.
    func attached() {
        if attachment.lostAt != nil { console.tell(sentences(.linkBack)) }
        attachment.lostAt = nil
        attachment.wasEverOpen = true
        link.open()
    }

    /// The connection is gone. The first time that ends the session; later it comes back by itself.
    func detached() {
        if link.unanswered.contains(Self.quit) {
            result = .success
        } else if !attachment.wasEverOpen {
            let values = ["address": link.destination.description, "option": "--to"]
            if !attachment.wasTurnedAway { console.tell(sentences(.linkNobody, values)) }
            result = .unavailable
        } else if attachment.lostAt == nil {
            attachment.lostAt = TerminalLoop.clock()
            console.tell(sentences(.linkLost))
        }
    }

    /// Ends politely once everything has its answer, or gives up.
    /// - Returns: when to call again at the latest.
    func farewell(now: Int) -> Int? {
        if attachment.isEnding, link.isOpen, link.unanswered.isEmpty {
            link.send(ProtocolCommand("QUIT"), for: Self.quit)
        }
        guard let lostAt = attachment.lostAt, attachment.isEnding || !console.isInteractive else { return nil }
        if now - lostAt > Attachment.patience {
            console.tell(sentences(.linkGaveUp, ["count": String(link.unanswered.count)]))
            result = .unavailable
        }
        return lostAt + Attachment.patience + 1
    }
}
