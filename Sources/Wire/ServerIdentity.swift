/// What this program calls itself, to its clients and on the command line.
public enum ServerIdentity {
    /// Its version (semver.org).
    public static let version = "0.1.0"
    /// The line protocol's version; within one no member is renamed or retyped.
    public static let protocolVersion = 1

    /// How it greets a connection: `conserje/0.1.0`.
    public static var name: String { "conserje/\(version)" }
}
