from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image as Images
from PIL.Image import Image, Transpose

from engine.errors import InvalidInput, Misconfigured
from ingestion.ocr import images
from ingestion.ocr.images import LARGEST_READ, frame_count, frames, is_animation, is_heif, with_contrast
from tests.unit.ingestion.drawing import drawn, encoded

PAGE = drawn()
# "HEIC" in black on white, 128 x 64, in the format of telephones
HEIC = base64.b85decode(
    "0000SW^{RQXk}@500000ZE0pPXk}@5ZE0a<0003`ZDn*}000000000XXk=`10000000000aA{+700000000000000000000B57=IV*mgE07O6l"
    "0RRC200001a{vJV0000000DLY001LtX>Mi!000000RR916=`l}WdZ;I000310BCk&F#rGn01j|zbZr0t000010002bX>f9I00026X>en20001U"
    "Xm(>m0R#vD005u(000009`FGC{P_3)01pFT0096OKmiN^|NjIC00093pZEX(0{{RXx&lC90096eLID8;2mk;B0H62(00RI39>73>1(xbbDXwe?"
    "00093$N&HX00=;000968L;=Baup&SJ000wXZ)|dIV{CW;0RRmE27mwn02FC+aAg1h000000Du4h06+i$01j|zcxeCt000390000NX>e^}00000"
    "00001009Jn0s{m900Dk&WMOmw00D9+0j?In8UL=BuD2Dy9PKlI|F~So_@Bj#h#z$;wg?Am7FaUrfY~Z-zhJm10C-s&=$O0w@}2LpBPP`!Vhh{5"
    "p+}rzqI0WA3iH+3o;euDv96wS`KQduqzAq_Yy(y4d<=h1w(;74?X0O^{Xd3Z#xD?Ci}IbkQ;{6Lb#WPNsDF=zOS0lIMDr#>f_2I&7G^+W9@7`^"
    "Bq0zeG!Mncx?Np39Cce6(mK71FRlZM<~TN3CTnEVtg37em<}L20ylIbRxGMyGNLZtc)f^nxfVvbH0UP9*J-(fZv1=kDVz4w<UV)$gay!`e!LYd"
    "$Ye<hS>GSQSNK-UR3X#SZJkt6aWx8;gjs{e1%0JGh#ce<lx#11wtTIG9s?geoLzX_ad^g^vhzrqnQ13Lp%~O%OS_kV6B(leQT|4CKAW`(7*5<L"
    "iq*BdqlUBENVD09sbiSS@`6Y_23;L=^v^#J+d{T>ARruLZPGUS_y"
)


def opened(data: bytes, *, max_pixels: int = 50_000_000) -> list[Image]:
    return list(frames(data, name="scan.png", max_pixels=max_pixels))


def only(data: bytes) -> Image:
    (image,) = opened(data)
    return image


def difference(one: Image, other: Image) -> float:
    pixels = [np.asarray(image.convert("L").resize((100, 60)), dtype=np.float64) for image in (one, other)]
    return float(np.abs(pixels[0] - pixels[1]).mean())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_the_same_page_comes_out_of_every_format(kind: str) -> None:
    image = only(encoded(PAGE, kind))
    assert (image.mode, image.size) == ("RGB", PAGE.size)
    assert difference(image, PAGE) < 2


def test_heic_is_decoded() -> None:
    pytest.importorskip("pi_heif", reason="the optional package pi-heif is not installed")
    image = only(HEIC)
    assert (image.mode, image.size) == ("RGB", (128, 64))
    assert np.asarray(image).min() < 60


def test_heic_without_the_package_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str, extra: str) -> None:
        raise Misconfigured(f"{module} is not installed.", remedy=f'pip install "knowdesk[{extra}]"')

    monkeypatch.setattr(images, "require", missing)
    with pytest.raises(Misconfigured, match="pi_heif") as caught:
        opened(HEIC)
    assert "knowdesk[heic]" in caught.value.remedy


def test_heif_is_told_by_its_brand() -> None:
    assert is_heif(HEIC)
    assert not is_heif(b"\x00\x00\x00\x18ftypisom0000")
    assert not is_heif(b"")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_every_mode_becomes_rgb_and_stays_legible(mode: str) -> None:
    page = PAGE.convert("L") if mode in {"I;16", "I", "F"} else PAGE
    if mode == "I;16":
        page = Images.fromarray(np.asarray(page).astype(np.uint16) * 257)
    image = only(encoded(page if mode == "I;16" else page.convert(mode), "TIFF"))
    assert image.mode == "RGB"
    assert difference(image, PAGE) < 3


def test_sixteen_bits_use_the_whole_range() -> None:
    dark = Images.fromarray(np.asarray(PAGE.convert("L")).astype(np.uint16) * 4)  # at most 1,020 of 65,535
    assert only(encoded(dark, "PNG")).convert("L").getextrema() == (0, 255)


def layered(ink: int, paper: int) -> Image:
    """Return text on a transparent page whose hidden colour is the text's own."""
    page = Images.new("RGBA", (300, 80), (ink, ink, ink, 0))
    text = drawn(["Transparent"]).convert("L").crop((0, 10, 300, 90))
    page.putalpha(text.point(lambda level: 255 - level))
    return page


@pytest.mark.parametrize(("ink", "paper"), [(255, 0), (0, 255)])
def test_transparent_pages_get_paper_that_shows_their_text(ink: int, paper: int) -> None:
    image = only(encoded(layered(ink, paper), "PNG")).convert("L")
    assert image.getpixel((0, 0)) == paper
    assert image.getextrema() == (0, 255)


def test_a_page_is_turned_as_its_exif_mark_says() -> None:
    exif = Images.Exif()
    exif[0x0112] = 6  # to be turned clockwise by 90 degrees
    lying = PAGE.transpose(Transpose.ROTATE_90)
    assert difference(only(encoded(lying, "JPEG", exif=exif)), PAGE) < 3


def test_the_pages_of_a_tiff_are_pages() -> None:
    data = encoded(PAGE, "TIFF", save_all=True, append_images=[drawn(["Page two"]), drawn(["Page three"])])
    assert frame_count(data, name="scan.png") == 3
    assert len(opened(data)) == 3
    assert not is_animation(data, name="a.tiff")


def test_of_an_animation_the_first_picture_is_taken() -> None:
    data = encoded(PAGE, "GIF", save_all=True, append_images=[drawn(["Another"])] * 3)
    assert frame_count(data, name="scan.png") == 1
    assert difference(only(data), PAGE) < 3
    assert is_animation(data, name="a.gif")
    assert not is_animation(encoded(PAGE, "GIF"), name="a.gif")


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that says it is so large and has nothing to show for it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_a_huge_image_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(InvalidInput, match=r"scan\.png has too many pixels"):
        opened(png_of(20_000, 20_000))
    with pytest.raises(InvalidInput, match=r"scan\.png has 10,000 x 10,000 pixels; at most 50,000,000") as caught:
        opened(png_of(10_000, 10_000))
    assert "KNOWDESK_OCR_MAX_PIXELS" in caught.value.remedy


def test_the_limit_is_the_callers() -> None:
    data = encoded(PAGE)
    assert len(opened(data, max_pixels=PAGE.width * PAGE.height)) == 1
    with pytest.raises(InvalidInput, match="at most 1,000 in all"):
        opened(data, max_pixels=1_000)


def test_a_large_jpeg_is_decoded_at_a_fraction_of_its_size() -> None:
    large = Images.new("L", (5400, 4800), 255)
    image = only(encoded(large, "JPEG"))
    assert LARGEST_READ / 4 < image.width * image.height <= LARGEST_READ
    assert image.width / image.height == pytest.approx(9 / 8, rel=0.01)


def test_a_progressive_jpeg_cannot_be_and_is_held_to_the_limit() -> None:
    large = Images.new("L", (5000, 4000), 255)
    data = encoded(large, "JPEG", progressive=True)
    assert opened(data)
    with pytest.raises(InvalidInput, match="5,000 x 4,000"):
        opened(data, max_pixels=15_000_000)


@pytest.mark.parametrize("mode", ["RGB", "P", "LA"])
def test_what_is_larger_than_can_be_read_is_scaled_down(mode: str) -> None:
    image = only(encoded(Images.new("L", (4200, 3000), 200).convert(mode), "PNG"))
    assert image.width * image.height <= LARGEST_READ
    assert abs(image.convert("L").getpixel((5, 5)) - 200) <= 1  # type: ignore[operator]


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def overwritten(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + b"\x00" * 40 + data[middle + 40 :]


@pytest.mark.parametrize("damage", [cut, lambda data: data[:20], lambda data: data[:8] + b"\xff" * 100])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_a_damaged_image_is_refused_by_name(kind: str, damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(InvalidInput, match=r"scan\.png is no image that can be opened") as caught:
        opened(damage(encoded(PAGE, kind)))
    assert caught.value.remedy


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF"])
def test_an_overwritten_image_is_read_or_refused(kind: str) -> None:
    """Decoders tell damage from content as far as the format lets them: JPEG hides it, PNG has checksums."""
    data = overwritten(encoded(PAGE, kind))
    if kind in {"PNG", "GIF"}:
        with pytest.raises(InvalidInput, match=r"scan\.png"):
            opened(data)
    else:
        assert only(data).size == PAGE.size


def test_faint_pages_get_contrast_and_others_stay() -> None:
    faint = drawn(ink=150, paper=215)
    low, high = with_contrast(faint).convert("L").getextrema()
    assert (low, high) == (0, 255)
    assert with_contrast(PAGE) is PAGE


def test_a_blank_page_stays_blank() -> None:
    blank = Images.new("RGB", (200, 100), (240, 240, 240))
    low, high = with_contrast(blank).convert("L").getextrema()
    assert low == high
