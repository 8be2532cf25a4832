import JSON

/// What is read can be written, and is read back the same; a fault's place lies within the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSONText(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(start, count) { bytes in
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue.parse(bytes) } catch {
            require((0...bytes.count).contains(error.offset), "\(error)")
            return
        }
        let text = written(value)
        require(text.allSatisfy { $0 >= 0x20 }, "one line without control characters")
        do throws(JSONError) {
            let again = try JSONValue.parse(text)
            require(again == value, "read back as \(again)")
            require(written(again) == text, "written again in another way")
        } catch { require(false, "what was written is refused: \(error)") }
        rounded(value)
    }
}

private func written(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter()
    writer.value(value)
    return writer.bytes
}

/// Every number of the value, written with few decimals, is as near as these allow.
private func rounded(_ value: JSONValue) {
    switch value {
    case .array(let elements): for element in elements { rounded(element) }
    case .object(let members): for member in members { rounded(member.value) }
    case .integer, .double:
        guard let number = value.double, number.magnitude < 1e9 else { return }
        for decimals in [0, 2, 4] {
            var writer = JSONWriter()
            writer.value(number, decimals: decimals)
            let nearest = (try? JSONValue.parse(writer.bytes))?.double
            let half = [0.5, 0.005, 0.00005][decimals / 2] + 2 * number.ulp
            require(nearest.map { ($0 - number).magnitude <= half } ?? false, "\(number): \(writer.bytes)")
        }
    default: break
    }
}
