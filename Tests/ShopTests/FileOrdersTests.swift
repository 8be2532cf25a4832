import Content
import Testing

@testable import Shop

@Suite("Orders in a file")
struct FileOrdersTests {
    private static let files = [
        "Intents/settings.md": "---\nshop_name: T\n---\n",
        "KnowledgeBase/products.csv":
            "sku,name_es,name_en,category_es,category_en,brand,price,stock,colours_es,colours_en,sizes,synonyms_es,"
            + "synonyms_en,alternatives,restock,description_es,description_en\n"
            + "CL-0012,a,a,c,c,b,1.00,1,,,,,,,,d,d\n",
        "KnowledgeBase/orders.csv":
            "number,placed,state,name,email,postcode,items,total,carrier,tracking,promised,delivered\n"
            + "10024,2026-11-20,shipped,Ana,ana@example.com,08001,CL-0012 x 1,1.00,,,,\n",
    ]

    @Test("are known at once; a wish can't be passed on")
    func known() async throws {
        let content = try ContentLoader.load(files: Self.files.map { ($0.key, Array($0.value.utf8)) }).get()
        let source = FileOrders(content)
        #expect(source.isImmediate)
        #expect(source.known("10024")?.email == "ana@example.com" && source.known("10025") == nil)
        #expect(await source.order("10024") == .success(source.known("10024")))
        #expect(await source.order("10025") == .success(nil))
        #expect(await source.request(Samples.wish) == .success(.recordedOnly))
    }
}
