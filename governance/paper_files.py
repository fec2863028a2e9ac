"""What kind of file a paper is, told by what is in it and not by its name alone. Pure: takes bytes."""

from lib.sheets import Unusable
from lib.uploads.kinds import DOCX, ODT, PDF, PPTX, XLSX, Kind, document

MOST_BYTES = 20 * 1024 * 1024
TOO_LARGE = "The paper must be 20 MB or smaller. Pictures saved at a lower resolution make it smaller"
LIKE = "Send it as PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx) or OpenDocument text (.odt)"
KINDS = {kind.ending: kind for kind in (PDF, DOCX, XLSX, PPTX, ODT)}


def kind_of(content: bytes, name: str) -> Kind:
    """The kind of a paper. Raises Unusable where the file is empty, too large, of another kind, or not what its name says."""
    if not content:
        raise Unusable("The file is empty. Save it again, then choose it again")
    if len(content) > MOST_BYTES:
        raise Unusable(TOO_LARGE)
    return document(content, name, KINDS.values(), like=LIKE)
