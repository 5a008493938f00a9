import ArgumentParser

@main struct Faro: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "faro")
}
