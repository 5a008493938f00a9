import CQL2
import Compression
import CrimeMapping
import DemoCity
import Files
import Formats
import GeoPackageStore
import Geodesy
import Grids
import Hotspots
import Incidents
import Indicators
import Pictures
import Privacy
import SimpleFeatures
import Tiles
import Topology

/// The exit code of each kind of error: the only place that knows (after BSD's `sysexits.h`).
enum ExitStatus: Int32 {
    case usage = 64
    case badData = 65
    case inputMissing = 66
    case unavailable = 69
    case outputExists = 73
    case inputOutput = 74
    case interrupted = 130
    /// Whoever read our output has gone: the end of `faro … | head`, no failure.
    case readerGone = 0

    var code: Int32 { rawValue }

    /// nil for an error that is not ours.
    init?(_ error: any Error) {
        switch error {
        case let error as JobError:
            self =
                switch error {
                case .usage: .usage
                case .badData: .badData
                case .unavailable: .unavailable
                case .interrupted: .interrupted
                }
        case let error as FileError: self.init(error)
        case let error as StoreError: self.init(error)
        case is CSVError, is ShapefileError, is GeoJSONError, is JSONError, is WKBError, is CompressionError,
            is TopologyError:
            self = .badData
        case let error as ProfileError: self.init(error)
        case let error as TaxonomyError:
            self =
                switch error {
                case .unknownScheme: .usage
                case .badScheme, .badRule: .badData
                }
        case is SeriesError: self = .badData
        case let error as TileArchiveError: self.init(error)
        case let error as GeoTIFFError:
            if case .crsWithoutCode = error { self = .usage } else { self = .badData }
        case is FlatGeobufError, is GeoPackageLayerError: self = .badData
        case is PictureError, is TilePyramidError, is PointPyramidError: self = .usage
        case is FilterError, is CQL2Error, is GeodesyError, is GridError, is HotspotError, is IndicatorError,
            is DemoCityError:
            self = .usage
        case let error as PrivacyError: self.init(error)
        default: return nil
        }
    }

    private init(_ error: FileError) {
        self =
            switch error {
            case .missing, .isDirectory: .inputMissing
            case .damaged, .tooLarge: .badData
            case .exists: .outputExists
            case .unreadable, .unwritable: .inputOutput
            case .readerGone: .readerGone
            }
    }

    private init(_ error: TileArchiveError) {
        switch error {
        case .file(let error): self.init(error)
        case .foreignFolder: self = .outputExists
        case .database: self = .inputOutput
        default: self = .badData
        }
    }

    private init(_ error: ProfileError) {
        self =
            switch error {
            case .unknownProfile, .unknownField, .unknownSeriesField, .badMapping, .unknownTimeZone: .usage
            case .badProfile, .missingColumn, .missingDate, .halfAPlace: .badData
            }
    }

    private init(_ error: StoreError) {
        self =
            switch error {
            case .exists: .outputExists
            case .notFound: .inputMissing
            case .busy: .unavailable
            case .full, .readOnly, .io: .inputOutput
            case .notSQLite, .notGeoPackage, .notFaroStore, .newer, .older, .foreignObject, .damaged, .duplicateArea,
                .invalidGeometry, .unreadableGeometry, .duplicateRow, .refused:
                .badData
            default: .usage
            }
    }

    private init(_ error: PrivacyError) {
        self =
            switch error {
            case .file(let error): Self(error)
            case .badTokenFile, .tokenFileTooOpen: .badData
            case .noDigest: .unavailable
            default: .usage
            }
    }
}
