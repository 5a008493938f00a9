/// The table of rules that lead labels to classes, and the settings in which schemes are kept.
///
/// A scheme is one document that is only ever read whole, so it stands as a setting; the rules are a table, since people
/// join incidents to it.
enum TaxonomyTable {
    /// In place of the first structure's table, which nothing wrote.
    static let sql = """
        DROP TABLE taxonomy;
        CREATE TABLE taxonomy (
            id INTEGER PRIMARY KEY NOT NULL, source TEXT NOT NULL, category TEXT NOT NULL, modality TEXT,
            scheme TEXT NOT NULL, class TEXT, count_unit TEXT NOT NULL, valid_from DATE, valid_to DATE,
            sensitive BOOLEAN NOT NULL DEFAULT 0);
        """

    /// What the name of a setting that holds a scheme begins with.
    static let schemePrefix = "taxonomy "
}
