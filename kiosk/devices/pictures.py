"""Pictures of a code such as a camera takes: turned, tilted, dim, blurred, and all of it at once.

They stand in for a camera where there is none (the demo, the tests), so they must be as unkind as a real one.
A slip of paper or a phone's screen lies on a darker, uneven desk; the whole scene goes through one
perspective mapping, and then through what light and lens do to it, in the order in which it happens: lens,
hand, light, sensor, the camera's JPEG. Not modelled: moire of a screen, rolling shutter, a finger over the
code.

The same payload, kind, subject and seed always give the same picture on the same version of Pillow.
"""

import io
import math
import random
from enum import StrEnum

import attrs
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kiosk.devices.homography import Corners, homography

CAMERA_SIZE = (640, 480)
_OVERSAMPLING = 2
_MODULE = 8
_NEAREST_SIDE = (0.42, 0.66)
_JPEG_QUALITY = 60


class Kind(StrEnum):
    """What is wrong with a picture; the figures are those of :data:`HARM`."""

    CLEAN = "clean"
    TURNED = "turned"
    PERSPECTIVE = "perspective"
    BLURRED = "blurred"
    MOTION = "motion"
    DIM = "dim"
    GLARE = "glare"
    NOISY = "noisy"
    INVERTED = "inverted"
    COMBINED = "combined"


class Subject(StrEnum):
    """What the code is on: a printed slip with some text, or a phone with its screen lit."""

    SLIP = "slip"
    PHONE = "phone"


@attrs.frozen(kw_only=True)
class Harm:
    """How far a picture is from a perfect one; every number is the strongest that a kind uses.

    ``turn`` in degrees; ``tilt`` is how far a corner leaves its place, as a part of the side; ``blur`` the
    radius of the lens's Gaussian and ``shake`` the way of the hand while the shutter is open, both in camera
    pixels; ``light`` the part of full light; ``glare`` the brightness of a lamp's reflection (0 to 1);
    ``grain`` the standard deviation of the sensor's noise in grey levels.
    """

    turn: float = 4.0
    tilt: float = 0.0
    blur: float = 0.4
    shake: float = 0.0
    light: float = 1.0
    glare: float = 0.0
    grain: float = 2.5
    dark_mode: bool = False
    jpeg: bool = False


HARM = {
    Kind.CLEAN: Harm(),
    Kind.TURNED: Harm(turn=180.0, blur=0.8),
    Kind.PERSPECTIVE: Harm(tilt=0.18, blur=0.8),
    Kind.BLURRED: Harm(blur=2.2),
    Kind.MOTION: Harm(shake=7.0),
    Kind.DIM: Harm(light=0.12, grain=3.5, blur=0.8),
    Kind.GLARE: Harm(glare=0.95, blur=0.8),
    Kind.NOISY: Harm(grain=42.0),
    Kind.INVERTED: Harm(dark_mode=True, tilt=0.10, blur=1.0),
    Kind.COMBINED: Harm(
        turn=180.0, tilt=0.12, blur=1.4, shake=3.0, light=0.25, glare=0.4, grain=5.0, jpeg=True
    ),
}
"""The strongest harm of each kind, chosen by looking: any worse, and a person too would hold it again."""


def photograph(
    payload: str | bytes,
    *,
    kind: Kind = Kind.COMBINED,
    seed: int = 0,
    subject: Subject = Subject.SLIP,
    size: tuple[int, int] = CAMERA_SIZE,
) -> Image.Image:
    """A grey picture (mode ``L``) of ``payload`` as a QR code, taken by an imagined camera.

    Args:
        payload: text (written as UTF-8) or bytes that fit a QR code.
        kind: what is wrong with the picture.
        seed: chooses place, size, angle and noise within the kind's bounds.
        subject: what the code is on.
        size: the camera's width and height in pixels.

    Raises:
        ValueError: when the payload is too long for a QR code.
    """
    chance = random.Random(f"{kind}:{subject}:{seed}")  # noqa: S311  not a secret: a picture's looks
    harm = HARM[kind]
    thing = _slip(payload, harm, chance) if subject is Subject.SLIP else _phone(payload, harm, chance)
    scene = _placed(thing, harm, chance, size)
    return _seen_by_the_sensor(_seen_through_the_lens(scene, harm, chance), harm, chance)


def empty_scene(*, seed: int = 0, size: tuple[int, int] = CAMERA_SIZE, grain: float = 6.0) -> Image.Image:
    """A desk with nothing on it but noise: what the camera sees between two patients."""
    chance = random.Random(f"empty:{seed}")  # noqa: S311
    return _grainy(_desk(chance, size), grain, chance)


def qr_picture(payload: str | bytes, *, module: int = _MODULE, error_correction: str = "M") -> Image.Image:
    """A perfect QR code, black on white, with its quiet zone of four modules (ISO/IEC 18004).

    Args:
        payload: text (written as UTF-8) or bytes.
        module: the side of one module in pixels.
        error_correction: ``L``, ``M``, ``Q`` or ``H``; about 7, 15, 25 and 30 % of the code may be lost.

    Raises:
        ValueError: when the payload is too long for a QR code.
    """
    # The package would write text with accents as Latin-1; what a phone expects today is UTF-8.
    content = payload if isinstance(payload, bytes) or payload.isascii() else payload.encode()
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=error_correction)
    drawn = zxingcpp.write_barcode_to_image(code, scale=module, add_quiet_zones=True)
    # A buffer, though the package's stub does not say so.
    view = memoryview(drawn)  # type: ignore[arg-type]
    height, width = view.shape or (0, 0)
    return Image.frombytes("L", (width, height), view.tobytes())


def _slip(payload: str | bytes, harm: Harm, chance: random.Random) -> Image.Image:
    """A strip of printed paper, the code in its middle; dark mode is a negative print."""
    code = qr_picture(payload)
    paper, ink = 235, 25
    width, height = code.width + 120, code.height + 200
    slip = Image.new("L", (width, height), 255)
    slip.paste(code, (60, 120))
    draw = ImageDraw.Draw(slip)
    _lines_of_print(draw, (60, 30, width - 60, 110), chance)
    _lines_of_print(draw, (60, height - 70, width - 60, height - 20), chance)
    if harm.dark_mode:
        slip = ImageChops.invert(slip)
    return slip.point([ink + (paper - ink) * level // 255 for level in range(256)])


def _phone(payload: str | bytes, harm: Harm, chance: random.Random) -> Image.Image:
    """A phone with rounded corners; the code on a light page, or on a dark one in dark mode."""
    code = qr_picture(payload)
    width = code.width + 80
    height = int(width * 1.9)
    body = Image.new("L", (width, height), 18)
    page = Image.new("L", (width - 32, height - 110), 255)
    draw = ImageDraw.Draw(page)
    page.paste(code, ((page.width - code.width) // 2, (page.height - code.height) // 2))
    _lines_of_print(draw, (40, 40, page.width - 40, (page.height - code.height) // 2 - 30), chance)
    draw.rounded_rectangle((60, page.height - 110, page.width - 60, page.height - 50), radius=28, fill=120)
    if harm.dark_mode:
        page = ImageChops.invert(page)
    body.paste(page.point([10 + 240 * level // 255 for level in range(256)]), (16, 55))
    return body


def _lines_of_print(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], chance: random.Random) -> None:
    """Bars as long and as high as words: text that cannot be read, for there is nothing to read."""
    left, top, right, bottom = box
    for line in range(top, bottom - 14, 26):
        at = left
        while at < right - 30:
            word = chance.randint(20, 90)
            draw.rectangle((at, line, min(at + word, right), line + 12), fill=chance.randint(30, 90))
            at += word + 12


def _desk(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    """A darker, unevenly lit surface with a coarse grain."""
    coarse = Image.new("L", (8, 6))
    base = chance.randint(60, 120)
    coarse.putdata([max(0, min(255, base + chance.randint(-28, 28))) for _ in range(48)])
    return coarse.resize(size, Image.Resampling.BICUBIC)


def _placed(thing: Image.Image, harm: Harm, chance: random.Random, size: tuple[int, int]) -> Image.Image:
    """The thing laid on the desk under the kind's turn and tilt, drawn large and then averaged down."""
    large = (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING)
    corners = _where_it_lies(thing.size, harm, chance, large)
    onto_thing = homography(corners, _outline(thing.size))
    seen = thing.transform(large, Image.Transform.PERSPECTIVE, onto_thing, Image.Resampling.BICUBIC)
    mask = Image.new("L", thing.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, thing.width - 1, thing.height - 1), radius=14, fill=255)
    mask = mask.transform(large, Image.Transform.PERSPECTIVE, onto_thing, Image.Resampling.BICUBIC)
    seen, mask = seen.reduce(_OVERSAMPLING), mask.reduce(_OVERSAMPLING)
    ground = _desk(chance, size)
    shadow = mask.transform(size, Image.Transform.AFFINE, (1, 0, -7, 0, 1, -9)).filter(
        ImageFilter.GaussianBlur(7)
    )
    ground = Image.composite(ground.point([level * 6 // 10 for level in range(256)]), ground, shadow)
    return Image.composite(seen, ground, mask)


def _outline(size: tuple[int, int]) -> Corners:
    width, height = size
    return ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))


def _where_it_lies(
    thing: tuple[int, int], harm: Harm, chance: random.Random, frame: tuple[int, int]
) -> Corners:
    """Where the thing's four corners come to lie in the frame; its middle, and so the code, stays in view."""
    width, height = frame
    code_side = chance.uniform(_NEAREST_SIDE[0], _NEAREST_SIDE[1]) * height
    scale = code_side / (thing[0] * 0.78)
    angle = math.radians(chance.uniform(-harm.turn, harm.turn))
    middle = (width * chance.uniform(0.44, 0.56), height * chance.uniform(0.46, 0.54))
    corners = []
    for x, y in _outline(thing):
        away_x, away_y = (x - thing[0] / 2) * scale, (y - thing[1] / 2) * scale
        moved_x = away_x + chance.uniform(-harm.tilt, harm.tilt) * code_side
        moved_y = away_y + chance.uniform(-harm.tilt, harm.tilt) * code_side
        corners.append(
            (
                middle[0] + moved_x * math.cos(angle) - moved_y * math.sin(angle),
                middle[1] + moved_x * math.sin(angle) + moved_y * math.cos(angle),
            )
        )
    return (corners[0], corners[1], corners[2], corners[3])


def _seen_through_the_lens(scene: Image.Image, harm: Harm, chance: random.Random) -> Image.Image:
    """A lamp's reflection, the lens out of focus, and the hand moving while the shutter is open."""
    if harm.glare:
        scene = _under_a_lamp(scene, harm.glare, chance)
    scene = scene.filter(ImageFilter.GaussianBlur(harm.blur * chance.uniform(0.8, 1.0)))
    if harm.shake:
        scene = _shaken(scene, harm.shake * chance.uniform(0.8, 1.0), chance.uniform(0, math.pi))
    return scene


def _under_a_lamp(scene: Image.Image, strength: float, chance: random.Random) -> Image.Image:
    """A soft bright oval somewhere over the middle half of the picture, added as light adds (screen)."""
    width, height = scene.size
    lamp = Image.new("L", scene.size, 0)
    x, y = width * chance.uniform(0.3, 0.7), height * chance.uniform(0.3, 0.7)
    long, short = height * chance.uniform(0.14, 0.24), height * chance.uniform(0.08, 0.14)
    ImageDraw.Draw(lamp).ellipse((x - long, y - short, x + long, y + short), fill=int(255 * strength))
    return ImageChops.screen(scene, lamp.filter(ImageFilter.GaussianBlur(height * 0.06)))


def _shaken(scene: Image.Image, way: float, angle: float) -> Image.Image:
    """The mean of the scene along a straight way of ``way`` pixels."""
    steps = max(2, round(way * 2))
    total = scene
    for step in range(1, steps):
        far = way * (step / (steps - 1))
        shift = (1, 0, far * math.cos(angle), 0, 1, far * math.sin(angle))
        moved = scene.transform(
            scene.size, Image.Transform.AFFINE, shift, Image.Resampling.BILINEAR, fillcolor=90
        )
        total = Image.blend(total, moved, 1 / (step + 1))
    return total


def _seen_by_the_sensor(scene: Image.Image, harm: Harm, chance: random.Random) -> Image.Image:
    """Less light, the grain that the sensor adds, and the camera's own compression."""
    if harm.light < 1:
        light = harm.light * chance.uniform(1.0, 1.3)
        scene = scene.point([int(level * light) for level in range(256)])
    scene = _grainy(scene, harm.grain * chance.uniform(0.8, 1.0), chance)
    if harm.jpeg:
        packed = io.BytesIO()
        scene.save(packed, "JPEG", quality=_JPEG_QUALITY)
        scene = Image.open(packed).convert("L")
    return scene


def _grainy(scene: Image.Image, deviation: float, chance: random.Random) -> Image.Image:
    """Noise of the deviation given, near to Gaussian: the mean of four uniform ones, centred on zero.

    The mean of four uniform bytes deviates by 255 / sqrt(12 * 4), which is 36.8 grey levels.
    """
    pixels = scene.width * scene.height
    layers = [Image.frombytes("L", scene.size, chance.randbytes(pixels)) for _ in range(4)]
    noise = Image.blend(Image.blend(layers[0], layers[1], 0.5), Image.blend(layers[2], layers[3], 0.5), 0.5)
    strength = deviation / (255 / math.sqrt(48))
    centred = noise.point([max(0, min(255, round(128 + (level - 127.5) * strength))) for level in range(256)])
    return ImageChops.add(scene, centred, scale=1, offset=-128)
