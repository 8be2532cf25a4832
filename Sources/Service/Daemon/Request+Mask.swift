import Language
import Wire

extension Request {
    /// Takes out of what a customer wrote what nobody may store: files, card numbers and passwords.
    mutating func maskCustomersText(_ secrets: SecretMask) {
        mask { text in
            guard let withoutFiles = PastedFiles.masked(text) else { return secrets.masked(text) }
            return secrets.masked(withoutFiles) ?? withoutFiles
        }
    }
}
