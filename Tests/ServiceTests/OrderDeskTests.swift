import Content
import Dispatch
import Foundation
import Service
import Shop
import Testing
import Threading

@Suite("The daemon's way to the shop's orders")
struct OrderDeskTests {
    private let reports = Guarded<[String]>([])

    private func content(_ settings: String) throws -> ContentBundle {
        var files = SmallShop.files
        files["Intents/settings.md"] = files["Intents/settings.md"]?.replacing("hours:", with: settings + "\nhours:")
        files["KnowledgeBase/orders.csv"] =
            "number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered\n"
            + "10024,2026-11-20,shipped,Ana,ana@example.com,08001,CL-0012 x 1,1.00,,,,\n"
        files["KnowledgeBase/products.csv"] =
            "sku,name_es,name_en,category_es,category_en,brand,price,stock,colours_es,colours_en,sizes,synonyms_es,"
            + "synonyms_en,alternatives,restock,description_es,description_en\nCL-0012,a,a,c,c,b,1.00,1,,,,,,,,d,d\n"
        return try ContentLoader.load(files: files.map { ($0.key, Array($0.value.utf8)) }).get()
    }

    private func desk(_ settings: String) throws -> OrderDesk {
        // Time stands still: however busy the machine is, no pause is over.
        let start = ContinuousClock.now
        return OrderDesk(try content(settings), token: nil, now: { start }) { [reports] line in
            reports.withLock { $0.append(line) }
        }
    }

    private func order(_ desk: OrderDesk, _ number: String = "10024") async -> Result<Order?, OrderSourceFailure> {
        await withCheckedContinuation { waiting in desk.order(number) { waiting.resume(returning: $0) } }
    }

    @Test("the file's orders are known at once, and a wish can only be recorded")
    func file() async throws {
        let desk = try desk("orders: file")
        #expect(desk.isImmediate && desk.known("10024")?.name == "Ana" && desk.known("1") == nil)
        #expect(await order(desk) == .success(desk.known("10024")))
        let outcome = await withCheckedContinuation { waiting in
            desk.request(OrderRequest(.cancel, order: "10024", key: "k")) { waiting.resume(returning: $0) }
        }
        #expect(outcome == .success(.recordedOnly))
    }

    @Test("a reload changes the source, or the file's orders")
    func reload() async throws {
        let desk = try desk("orders: file")
        desk.use(try content("orders: command echo {\"order\":null}"))
        #expect(!desk.isImmediate && desk.known("10024") == nil)
        #expect(await order(desk) == .success(nil))
        desk.use(try content("orders: file"))
        #expect(desk.isImmediate && desk.known("10024") != nil)
    }

    @Test("a source that fails is reported once, and a reload that changes nothing of it does not ask it again")
    func broken() async throws {
        let desk = try desk("orders: command false\norders_timeout: 60")
        for _ in 0..<3 { #expect(await order(desk) == .failure(.exit(1))) }
        #expect(await order(desk) == .failure(.suspended))
        #expect(
            reports.withLock { $0 } == [
                "orders: not asked for a while, a person takes over: the command ended with exit code 1"
            ])
        desk.use(try content("orders: command false\norders_timeout: 60\nwait_target: 99"))
        #expect(await order(desk) == .failure(.suspended))
        desk.use(try content("orders: command false\norders_timeout: 59"))
        #expect(await order(desk) == .failure(.exit(1)))
    }

    @Test("what was asked of a source that a reload replaced is still answered")
    func replaced() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("go-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let script = FileManager.default.temporaryDirectory.appendingPathComponent("wait-\(UUID()).sh").path
        defer { try? FileManager.default.removeItem(atPath: script) }
        try "until [ -e \(path) ]; do sleep 0.01; done; echo '{\"order\":null}'\n"
            .write(toFile: script, atomically: true, encoding: .utf8)
        let desk = try desk("orders: command /bin/sh \(script)\norders_timeout: 60")
        let other = try content("orders: file")
        let answer = await withCheckedContinuation { waiting in
            desk.order("10024") { waiting.resume(returning: $0) }
            desk.use(other)
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        #expect(answer == .success(nil) && desk.known("10024") != nil)
    }

    @Test("closing ends it")
    func closing() async throws {
        let desk = try desk("orders: command sleep 1000\norders_timeout: 60")
        desk.close()
        #expect(await order(desk) == .failure(.closed))
    }
}
