"""The document exchange axis: a document as edXML (QCVN 102:2016/BTTTT), sent to its endpoint."""

import base64
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring
from zoneinfo import ZoneInfo

from services.notify.channels.parcel import NotTaken, Parcel, Provider, found
from services.notify.channels.setup import Axis, secret_in
from services.notify.channels.sms import code_of
from services.notify.domain import Outcome, Reached, TurnedAway
from services.notify.domain.reasons import Reason
from services.notify.written import OfficialDocument

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LONGEST_SUBJECT = 500
SOON = datetime(1980, 1, 1)  # noqa: DTZ001  # of files in an archive: the same bytes at every try


def send_documents(
    axis: Axis, now: datetime, parcels: Sequence[Parcel[OfficialDocument]]
) -> Iterator[tuple[str, Outcome]]:
    """Send one document after another. Raises `BadSetup`."""
    token = secret_in(axis.token_file)
    headers = {"Content-Type": "application/xml; charset=utf-8", **axis.headers}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    provider = Provider(axis.url)
    for parcel in parcels:
        yield parcel.delivery_id, send_document(axis, provider, headers, (now, parcel))


def send_document(
    axis: Axis,
    provider: Provider,
    headers: Mapping[str, str],
    at: tuple[datetime, Parcel[OfficialDocument]],
) -> Outcome:
    """Send one, with the delivery's id for the axis to know a repeat by."""
    now, parcel = at
    if not parcel.written.to or "/" not in parcel.written.code:
        return TurnedAway(Reason.BAD_DOCUMENT.say(), for_good=True)
    content = enclose(axis, parcel.written, parcel.delivery_id, now)
    try:
        answer = provider.post({**headers, "X-Request-Id": parcel.delivery_id}, content)
    except NotTaken as refused:
        return refused.outcome
    if axis.taken and str(found(answer, axis.taken)) not in axis.taken_values:
        code = code_of(found(answer, axis.taken))
        return TurnedAway(Reason.AXIS_REFUSED.say(code=code))
    return Reached(provider.host, code_of(found(answer, axis.taken_id)))


def enclose(axis: Axis, document: OfficialDocument, delivery_id: str, now: datetime) -> bytes:
    """Make the edXML of a document; the same bytes for the same delivery on the same day."""
    root = Element("edXML", {"xmlns": NAMESPACE})
    envelope = SubElement(root, "edXMLEnvelope")
    header = SubElement(envelope, "edXMLHeader")
    add_head(SubElement(header, "MessageHeader"), axis, document, now)
    traces = SubElement(header, "TraceHeaderList")
    trace = SubElement(traces, "TraceHeader")
    add(trace, OrganId=axis.organ_id, Timestamp=f"{now.astimezone(ZONE):%Y/%m/%d %H:%M:%S}")
    business = SubElement(traces, "Bussiness")  # so spelt in the standard
    add(business, BussinessDocType="0", BussinessDocReason="", Paper="0")
    body = SubElement(envelope, "edXMLBody")
    manifest = SubElement(body, "edXMLManifest")
    encoded = SubElement(root, "AttachmentEncoded")
    text = ("noi-dung.txt", "text/plain; charset=utf-8", document.body_text.encode())
    files = [text, *((one.name, one.media_type, one.content) for one in document.attachments)]
    for number, (name, media_type, content) in enumerate(files, 1):
        place = f"cid:{delivery_id}-{number}"
        reference = SubElement(manifest, "Reference")
        add(reference, ContentId=place, ContentType=media_type, AttachmentName=name)
        attachment = SubElement(encoded, "Attachment")
        packed = base64.b64encode(zipped(name, content)).decode()
        add(attachment, ContentId=place, ContentTransferEncoded=packed)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def add_head(head: Element, axis: Axis, document: OfficialDocument, now: datetime) -> None:
    """Say who sends what to whom."""
    sender = SubElement(head, "From")
    add(sender, OrganId=document.issued_by or axis.organ_id, OrganName=axis.organ_name)
    add(sender, Email=axis.email)
    for organ_id in document.to:
        add(SubElement(head, "To"), OrganId=organ_id)
    day = f"{document.dated or now.astimezone(ZONE):%Y/%m/%d}"
    number, _, notation = document.code.partition("/")
    add(head, DocumentId=f"{document.issued_by or axis.organ_id},{day},{document.code}")
    add(SubElement(head, "Code"), CodeNumber=number, CodeNotation=notation)
    add(SubElement(head, "PromulgationInfo"), Place=axis.place, PromulgationDate=day)
    add(SubElement(head, "DocumentType"), Type="1", TypeName=axis.document_type)
    add(head, Subject=document.title[:LONGEST_SUBJECT], Content=document.body_text)
    signer = SubElement(head, "SignerInfo")
    add(signer, Competence="", Position=axis.signer_title, FullName=axis.signer_name)
    add(SubElement(head, "OtherInfo"), Priority="0", PageAmount="1")


def add(parent: Element, **texts: str) -> None:
    """Add an element for each text, in this order, without what XML cannot carry."""
    for name, text in texts.items():
        kept = "".join(one for one in text if one.isprintable() or one in "\n\t")
        SubElement(parent, name).text = kept


def zipped(name: str, content: bytes) -> bytes:
    """Pack a file as the standard wants it, the same bytes at every try."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, SOON.timetuple()[:6]), content)
    return packed.getvalue()
