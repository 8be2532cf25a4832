extension CommandConnection {
    /// Asks an HTTPS endpoint, through a process of this executable's for each question.
    /// - Parameters:
    ///   - base: an address without a slash at its end.
    ///   - token: for the header `Authorization`.
    ///   - executable: one that runs ``WebFetch`` on its word.
    convenience init(
        base: String, token: String?, timeout: Int, executable: String = "/proc/self/exe"
    ) {
        self.init(
            [executable, WebFetch.word], timeout: timeout,
            language: WebLanguage(base: base, token: token, timeout: timeout))
    }
}
