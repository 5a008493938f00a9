import CCairo

/// What has been drawn.
extension Canvas {
    /// The picture as the bytes of a PNG file.
    func png(_ encoder: PNGEncoder) throws(PictureError) -> [UInt8] {
        let (bytes, isOpaque) = try samples()
        return isOpaque
            ? try encoder.rgb(bytes, width: width, height: height)
            : try encoder.rgba(bytes, width: width, height: height)
    }

    /// Red, green and blue of each pixel, row by row from the top; and alpha where the picture is not opaque.
    func samples() throws(PictureError) -> (bytes: [UInt8], isOpaque: Bool) {
        cairo_surface_flush(surface)
        guard cairo_status(pen) == CAIRO_STATUS_SUCCESS else { throw .failed(Self.text(of: cairo_status(pen))) }
        guard let data = cairo_image_surface_get_data(surface) else { throw .outOfMemory }
        let stride = Int(cairo_image_surface_get_stride(surface))
        let isOpaque = cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24
        let perPixel = isOpaque ? 3 : 4
        let bytes = [UInt8](unsafeUninitializedCapacity: width * height * perPixel) { output, count in
            var place = output.baseAddress
            for line in 0..<height {
                let row = UnsafeRawPointer(data + line * stride).assumingMemoryBound(to: UInt32.self)
                for column in 0..<width {
                    let pixel = row[column]
                    if isOpaque {
                        place?[0] = UInt8(truncatingIfNeeded: pixel >> 16)
                        place?[1] = UInt8(truncatingIfNeeded: pixel >> 8)
                        place?[2] = UInt8(truncatingIfNeeded: pixel)
                        place = place?.advanced(by: 3)
                        continue
                    }
                    let alpha = pixel >> 24
                    for part in 0..<3 {
                        let value = pixel >> (16 - 8 * UInt32(part)) & 255
                        // Cairo keeps colours multiplied by alpha, PNG does not.
                        let plain = alpha == 255 ? value : alpha == 0 ? 0 : (value * 255 + alpha / 2) / alpha
                        place?[part] = UInt8(truncatingIfNeeded: min(plain, 255))
                    }
                    place?[3] = UInt8(truncatingIfNeeded: alpha)
                    place = place?.advanced(by: 4)
                }
            }
            count = width * height * perPixel
        }
        return (bytes, isOpaque)
    }

    /// The pixel at a place, premultiplied ARGB; nil outside.
    func pixel(x: Int, y: Int) -> UInt32? {
        cairo_surface_flush(surface)
        guard x >= 0, y >= 0, x < width, y < height, let data = cairo_image_surface_get_data(surface) else {
            return nil
        }
        let row = UnsafeRawPointer(data + y * Int(cairo_image_surface_get_stride(surface)))
        let value = row.load(fromByteOffset: 4 * x, as: UInt32.self)
        return cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24 ? value | 0xFF00_0000 : value
    }
}
