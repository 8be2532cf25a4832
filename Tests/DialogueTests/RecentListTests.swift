import Dialogue
import Testing

@Suite("The newest of what grows")
struct RecentListTests {
    @Test("at least so many of the newest stay, at most 32 more, in their order")
    func generations() {
        var list: RecentList<Int> = []
        for number in 1...1_000 {
            list.append(number, keeping: 7)
            let kept = Array(list)
            #expect(kept == Array((number - kept.count + 1)...number))
            #expect(kept.count == list.count && kept.count >= min(7, number) && kept.count < 7 + 32)
            #expect(list.last == number && list.first == kept.first)
        }
    }

    @Test("what is added to a copy is not in the list it was copied from")
    func copies() {
        let list: RecentList<Int> = [1, 2]
        var (one, other) = (list, list)
        one.append(3)
        other.append(4)
        #expect(Array(list) == [1, 2] && Array(one) == [1, 2, 3] && Array(other) == [1, 2, 4])
        #expect(one != other && one == [1, 2, 3])
    }

    @Test("lists with the same elements are equal, however their generations are divided")
    func equality() {
        var (one, other): (RecentList<Int>, RecentList<Int>) = ([], [])
        for number in 1...70 { one.append(number, keeping: 37) }
        for number in 33...70 { other.append(number) }
        #expect(one == other && Array(one) == Array(33...70))
        other.append(71)
        #expect(one != other)
        one.append(72, keeping: 37)
        #expect(one != other)
    }

    @Test("whoever goes on with an older copy after a newer one was let go adds to that copy alone")
    func undone() {
        var list: RecentList<Int> = []
        for number in 1...33 { list.append(number, keeping: 2) }
        let before = list
        list.append(34, keeping: 2)
        list = before
        list.append(35, keeping: 2)
        #expect(Array(before.suffix(2)) == [32, 33] && Array(list.suffix(2)) == [33, 35])
    }

    @Test("places are counted from the oldest")
    func places() {
        var list: RecentList<Int> = []
        for number in 1...10 { list.append(number, keeping: 4) }
        #expect(list.last { $0.isMultiple(of: 4) } == 8 && list.last { $0 > 10 } == nil)
        #expect(Array(list.suffix(3)) == [8, 9, 10] && list[list.count - 1] == 10)
        #expect(([] as RecentList<Int>).isEmpty && !list.isEmpty && ([] as RecentList<Int>).last == nil)
    }
}
