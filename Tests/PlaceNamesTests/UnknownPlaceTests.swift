import PlaceNames
import Testing

struct UnknownPlaceTests {
    @Test(arguments: [(UnknownPlace.none, "none"), (.notKnown, "not_known"), (.elsewhere, "elsewhere")])
    func `Each has the word that stands in files`(place: UnknownPlace, word: String) {
        #expect(place.rawValue == word)
    }
}
