"""The plane mapping that a camera's view is: four corners to four corners."""

Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Four points in order round a quadrilateral."""

_UNKNOWNS = 8
_NEARLY_ZERO = 1e-9


def homography(seen: Corners, flat: Corners) -> tuple[float, ...]:
    """The eight numbers (a to h) that take a point of ``seen`` to its place in ``flat``.

    ``x' = (a x + b y + c) / (g x + h y + 1)`` and ``y' = (d x + e y + f) / (g x + h y + 1)``: the form that
    Pillow's ``Image.transform`` with ``PERSPECTIVE`` takes, which asks for the place in the source of each
    target pixel.

    Raises:
        ValueError: when three of the corners lie on one line, so that no single mapping exists.
    """
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(_UNKNOWNS):
        pivot = max(range(column, _UNKNOWNS), key=lambda row: abs(rows[row][column]))
        if abs(rows[pivot][column]) < _NEARLY_ZERO:
            msg = "three of the corners lie on one line"
            raise ValueError(msg)
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(_UNKNOWNS):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(rows[i][_UNKNOWNS] / rows[i][i] for i in range(_UNKNOWNS))
