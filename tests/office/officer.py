"""Edit a Word file as a communication officer does, on its XML alone: nothing of the package is used."""

import zipfile
from copy import deepcopy

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MARIE = "Marie"


def w(name):
    return f"{{{W}}}{name}"


def parsed(markup):
    return etree.fromstring(f'<w:x xmlns:w="{W}">{markup}</w:x>')[0]


def words(element):
    return "".join(one.text or "" for one in element.iter(w("t")))


def tag_of(control):
    """The tag of a control; empty where it has none, as the table of contents of LibreOffice."""
    tag = control.find(f"{w('sdtPr')}/{w('tag')}")
    return "" if tag is None else tag.get(w("val"))


class Officer:
    """A Word file that is open on a desk; `save` puts it back."""

    def __init__(self, path):
        self.path, self.bytes = path, path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.root.find(w("body"))

    def save(self):
        self.parts["word/document.xml"] = etree.tostring(
            self.root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)

    # --- finding --------------------------------------------------------------------------------------

    def paragraph(self, beginning):
        return next(one for one in self.root.iter(w("p")) if words(one).startswith(beginning))

    def controls(self, name="", form=""):
        """The controls whose tag ends with a name and has a form."""
        found = []
        for one in self.root.iter(w("sdt")):
            tag = tag_of(one).split("|")
            if tag[0] == "ennum" and name in ("", tag[5]) and form in ("", tag[2]):
                found.append(one)
        return found

    def text(self, name, form="words"):
        return [words(one) for one in self.controls(name, form)]

    def table(self, name):
        return next(self.controls(name, "table")[0].iter(w("tbl")))

    # --- editing --------------------------------------------------------------------------------------

    def write(self, beginning, old, new):
        """Changes words of the text, not in a control."""
        for run in self.paragraph(beginning).findall(w("r")):
            text = run.find(w("t"))
            if text is not None and old in (text.text or ""):
                text.text = text.text.replace(old, new)
                return
        raise AssertionError(f"no {old!r} outside of controls")

    def overtype(self, control, new):
        texts = list(control.iter(w("t")))
        texts[0].text = new
        for one in texts[1:]:
            one.text = ""

    def split_runs(self, control):
        """What Word makes of a run: one a few letters, with marks of proofing and of editing between."""
        run = next(control.iter(w("r")))
        text = words(run)
        half = len(text) // 2
        look = run.find(w("rPr"))
        for piece in (text[:half], text[half:]):
            made = parsed(f'<w:r w:rsidR="00AB12CD"><w:t xml:space="preserve">{piece}</w:t></w:r>')
            if look is not None:
                made.insert(0, deepcopy(look))
            run.addprevious(made)
            run.addprevious(parsed('<w:proofErr w:type="spellStart"/>'))
        run.getparent().remove(run)

    def move(self, beginning, before):
        self.paragraph(before).addprevious(self.paragraph(beginning))

    def copy(self, beginning, before):
        """Copies a paragraph, with controls of other numbers and without bookmarks, as Word does."""
        made = deepcopy(self.paragraph(beginning))
        for number, one in enumerate(made.iter(w("id"))):
            one.set(w("val"), str(900_000 + number))
        for one in [*made.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
            one.getparent().remove(one)
        self.paragraph(before).addprevious(made)

    def add_paragraph(self, text, before):
        self.paragraph(before).addprevious(parsed(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))

    def add_row(self, table, cells, at):
        rows = table.findall(w("tr"))
        made = deepcopy(rows[at])
        for cell, text in zip(made.iter(w("tc")), cells, strict=True):
            for one in cell.iter(w("t")):
                one.text = text
        rows[at].addnext(made)

    def comment(self, beginning, text):
        paragraph = self.paragraph(beginning)
        first = next(one for one in paragraph if one.tag != w("pPr"))
        first.addprevious(parsed('<w:commentRangeStart w:id="0"/>'))
        paragraph.append(parsed('<w:commentRangeEnd w:id="0"/>'))
        paragraph.append(parsed('<w:r><w:commentReference w:id="0"/></w:r>'))
        comment = (
            f'<w:comment w:id="0" w:author="{MARIE}" w:initials="M"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
            "</w:comment>"
        )
        self.parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}">{comment}</w:comments>'.encode()
        kind, main = ("wordprocessingml.comments+xml", "application/vnd.openxmlformats-officedocument.")
        self._declare(
            "[Content_Types].xml", f'<Override PartName="/word/comments.xml" ContentType="{main}{kind}"/>'
        )
        self._declare(
            "word/_rels/document.xml.rels",
            f'<Relationship Id="rMarie" Type="{R}/comments" Target="comments.xml"/>',
        )

    def _declare(self, name, line):
        """Adds a line to a list of what the file holds, as its last."""
        whole, end = self.parts[name].decode().rsplit("</", 1)
        self.parts[name] = f"{whole}{line}</{end}".encode()

    def track(self, beginning, old, new):
        """Changes words of the text under Word's own tracking."""
        for run in self.paragraph(beginning).findall(w("r")):
            text = run.find(w("t"))
            if text is None or old not in (text.text or ""):
                continue
            before, after = text.text.split(old, 1)
            space = 'xml:space="preserve"'
            for piece in (
                f"<w:r><w:t {space}>{before}</w:t></w:r>",
                f'<w:del w:id="801" w:author="{MARIE}"><w:r><w:delText>{old}</w:delText></w:r></w:del>',
                f'<w:ins w:id="802" w:author="{MARIE}"><w:r><w:t>{new}</w:t></w:r></w:ins>',
                f"<w:r><w:t {space}>{after}</w:t></w:r>",
            ):
                run.addprevious(parsed(piece))
            run.getparent().remove(run)
            return
        raise AssertionError(f"no {old!r} outside of controls")

    def recolour(self, control):
        blip = next(control.iter(f"{{{A}}}blip"))
        blip.append(etree.fromstring(f'<a:grayscl xmlns:a="{A}"/>'))

    def recolour_native(self, name, before, after):
        part = self.part_of(name, "native")
        self.parts[part] = self.parts[part].replace(before.encode(), after.encode())

    def part_of(self, name, form):
        """The name of the part that a control draws: a picture, or a chart of Word's."""
        office = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
        control = self.controls(name, form)[0]
        key = f"{office}embed" if form == "chart" else f"{office}id"
        number = next(one.get(key) for one in control.iter() if one.get(key))
        relations = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        target = next(one.get("Target") for one in relations if one.get("Id") == number)
        return target.removeprefix("/") if target.startswith("/") else f"word/{target}"

    # --- comparing ------------------------------------------------------------------------------------

    def by_hand(self):
        """All that is not ours: the text with the names of figures in it, comments, tracked changes, and the
        bytes of every part in which nothing of ours stands."""
        return [list(self._told(self.body)), self._comments(), self._tracked()]

    def _told(self, element):
        for child in element:
            if child.tag == w("sdt"):
                tag = tag_of(child).split("|")
                if tag[0] == "ennum" and tag[2] in ("number", "unit", "sure", "label", "source"):
                    yield f"{{{tag[2]} of a card}}"  # which figure it has is the kit's choice on each day
                    continue
                if tag[0] == "ennum" and tag[2] not in ("claim", "table"):
                    yield f"{{{tag[5]}}}"
                    continue
                if tag[0] == "ennum" and tag[2] == "table":
                    yield f"{{table {tag[5]}}}"
                    continue
            if child.tag == w("t"):
                yield child.text or ""
            elif child.tag == w("p"):
                style = child.find(f"{w('pPr')}/{w('pStyle')}")
                yield f"¶{'' if style is None else style.get(w('val'))}:"
                yield from self._told(child)
            elif child.tag not in (w("rPr"), w("pPr"), w("sectPr")):
                yield from self._told(child)

    def _comments(self):
        root = etree.fromstring(self.parts["word/comments.xml"])
        ours = (one for one in root if one.get(w("author")) != "ennum-stats")
        return [(one.get(w("author")), words(one)) for one in ours]

    def _tracked(self):
        changes = self.root.iter(w("ins"), w("del"))
        theirs = (one for one in changes if one.get(w("author")) != "ennum-stats")
        return [etree.tostring(one) for one in theirs]
