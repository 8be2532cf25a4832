import Desk
import Events
import Testing

@Suite("The book of cases")
struct CaseBookTests {
    private static let day = 86_400

    private func opening(
        _ number: UInt64, due: Int, kind: CaseKind = .complaint, team: String = "posventa"
    ) -> CaseOpened {
        CaseOpened(
            key: CaseKey(bits: number), kind: kind, team: team, language: "es", text: "texto",
            due: moment(due), warning: moment(due - 2), receipt: "justificante")
    }

    private func moment(_ day: Int) -> Timestamp { Timestamp(milliseconds: 0) + day * Self.day }

    private func event(_ conversation: UInt64, _ body: EventBody, day: Int = 0) -> Event {
        Event(
            stream: .conversation(ConversationID(bits: conversation)), version: 1, id: EventID(command: 1, index: 0),
            at: moment(day), body: body)
    }

    private func answered(_ number: UInt64) -> EventBody {
        .caseAnswered(
            CaseAnswered(key: CaseKey(bits: number), kind: .complaint, seq: 3, agent: "ana", text: "no", outcome: nil))
    }

    @Test("cases are listed by due date, those that are closed behind the others, and for a month")
    func listed() {
        var book = CaseBook()
        for (number, due) in [(1, 15), (2, 5), (3, 10), (4, 1)] as [(UInt64, Int)] {
            book.evolve(
                event(number, .caseOpened(opening(number, due: due, team: number == 3 ? "ventas" : "posventa"))))
        }
        book.evolve(event(4, answered(4), day: 1))
        book.evolve(event(4, .caseClosed(CaseKey(bits: 4)), day: 2))
        book.evolve(event(2, answered(2), day: 1))
        func keys(_ team: String?, _ day: Int) -> [UInt64] {
            book.listed(team: team, now: moment(day)).map(\.value.key.bits)
        }
        #expect(keys(nil, 3) == [2, 3, 1, 4])
        #expect(keys("posventa", 3) == [2, 1, 4])
        #expect(keys(nil, 31) == [2, 3, 1, 4] && keys(nil, 32) == [2, 3, 1])
        #expect(book[CaseKey(bits: 4)]?.value.text == nil && book[CaseKey(bits: 2)]?.value.text == "texto")
        #expect(book[CaseKey(bits: 9)] == nil)
    }

    @Test("cases that wait for an answer are found by what they are about, the first due first")
    func open() {
        var book = CaseBook()
        for (number, due) in [(1, 15), (2, 5), (3, 10)] as [(UInt64, Int)] {
            book.evolve(
                event(number, .caseOpened(opening(number, due: due, team: number == 3 ? "ventas" : "posventa"))))
        }
        func keys(_ fits: (Case) -> Bool) -> [UInt64] { book.open(where: fits).map(\.key.bits) }
        #expect(keys { _ in true } == [2, 3, 1])
        #expect(keys { $0.team == "ventas" } == [3])
        book.evolve(event(2, answered(2), day: 1))
        book.evolve(event(3, .conversationErased, day: 1))
        #expect(keys { _ in true } == [1])
    }

    @Test("of a deadline agents are told when it is near and when it is over, once each, and never of an answered case")
    func reminders() {
        var book = CaseBook()
        for number in [1, 2] as [UInt64] { book.evolve(event(number, .caseOpened(opening(number, due: 10)))) }
        book.evolve(event(2, answered(2), day: 1))
        func due(_ day: Int) -> [CaseReminder] { book.reminders(at: moment(day)).map(\.reminder) }
        #expect(due(7) == [] && due(8) == [.due] && due(11) == [.overdue])
        book.evolve(event(1, .caseReminded(CaseKey(bits: 1), .due), day: 8))
        #expect(due(9) == [] && due(10) == [] && due(11) == [.overdue])
        book.evolve(event(1, .caseReminded(CaseKey(bits: 1), .overdue), day: 11))
        #expect(due(300) == [])
    }

    @Test("after an erasure a case is known by its key alone, and a request not at all")
    func erased() throws {
        var book = CaseBook()
        book.evolve(event(1, .caseOpened(opening(1, due: 10))))
        book.evolve(event(1, .caseOpened(opening(2, due: 10, kind: .request))))
        book.evolve(event(1, .conversationErased))
        let kept = try #require(book[CaseKey(bits: 1)]?.value)
        #expect(kept.isBlocked && kept.state == .open && kept.text == nil && kept.receipt == nil)
        #expect(book[CaseKey(bits: 2)] == nil)
        #expect(book.listed(team: nil, now: moment(1)).isEmpty && book.reminders(at: moment(20)).isEmpty)
    }

    @Test("the cases of a conversation can be put back as they were")
    func putBack() {
        var book = CaseBook()
        let id = ConversationID(bits: 7)
        book.note([Case(opening(1, due: 10), at: moment(0))], of: id)
        book.note([], of: id)
        #expect(book[CaseKey(bits: 1)] == nil && book.cases(of: id).isEmpty && book.reminders(at: moment(99)).isEmpty)
    }
}
