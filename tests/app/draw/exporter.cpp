// Exported files are what they claim to be, and appear whole or not at all.
#include "draw/exporter.h"
#include "support/drawing.h"

#include <QFile>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace loadpath;
using namespace loadpath::test;

class ExporterTest : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QByteArray write(const char* name, const ExportOptions& options = {}) {
        const QString path = m_folder.filePath(QString::fromLatin1(name));
        const auto result = exportDiagram(smallDesign(), builtInCatalog(), path.toStdString(), options);
        if (!result) return {};
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void pngHasTheSizeOfTheDesign() {
        const QImage once = QImage::fromData(write("a.png", {.scale = 1}));
        const QImage twice = QImage::fromData(write("b.png", {.scale = 2}));
        QVERIFY(once.width() >= 792 && once.width() < 1000);
        QCOMPARE(twice.size(), once.size() * 2);
        QCOMPARE(once.pixel(2, 2) & 0xffffff, lightTokens.canvas & 0xffffff);
        const QImage dark = QImage::fromData(write("c.png", {.theme = ThemeKind::dark, .scale = 1}));
        QCOMPARE(dark.pixel(2, 2) & 0xffffff, darkTokens.canvas & 0xffffff);
        const QImage clear = QImage::fromData(write("d.png", {.scale = 1, .transparent = true}));
        QCOMPARE(qAlpha(clear.pixel(2, 2)), 0);
    }

    void svgIsXmlThatRenders() {
        const QByteArray svg = write("a.svg");
        QXmlStreamReader xml(svg);
        int texts = 0;
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement() && xml.name() == u"text") ++texts;
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(texts >= 6);
        QVERIFY(QSvgRenderer(svg).isValid());
        QVERIFY(svg.contains("PostgreSQL"));
    }

    void svgIsXmlWhateverTheNames() {
        Design design = smallDesign();
        design.header.name = "R&D <script>alert(1)</script>";
        design.header.description = "a < b \x01";
        Component renamed = design.components[0];
        renamed.name = "<&> \x02";
        design.components.put(renamed, std::nullopt);
        const QString path = m_folder.filePath(QStringLiteral("names.svg"));
        QVERIFY(bool(exportDiagram(design, builtInCatalog(), path.toStdString())));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString title;
        while (!xml.atEnd()) {
            xml.readNext();
            QVERIFY(!xml.isStartElement() || xml.name() != u"script");
            if (xml.isStartElement() && xml.name() == u"title") title = xml.readElementText();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(title, QStringLiteral("R&D <script>alert(1)</script>"));
    }

    void pdfIsOnePage() {
        const QByteArray pdf = write("a.pdf");
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(pdf.trimmed().endsWith("%%EOF"));
        QVERIFY(pdf.contains("/Count 1"));
    }

    void anEmptyDesignGivesAPicture() {
        const QString path = m_folder.filePath(QStringLiteral("empty.png"));
        QVERIFY(bool(exportDiagram(Design{}, builtInCatalog(), path.toStdString())));
        QVERIFY(!QImage(path).isNull());
    }

    void anUnknownFormatIsRefused() {
        const QString path = m_folder.filePath(QStringLiteral("a.bmp"));
        const auto result = exportDiagram(smallDesign(), builtInCatalog(), path.toStdString());
        QVERIFY(!result);
        QVERIFY(result.error()[0].message.find(".png, .svg or .pdf") != std::string::npos);
        QVERIFY(!QFile::exists(path));
    }

    void aFolderThatIsNotThereIsTold() {
        const auto result = exportDiagram(smallDesign(), builtInCatalog(), "/no/such/folder/a.svg");
        QVERIFY(!result);
        QVERIFY(result.error()[0].message.find("/no/such/folder/a.svg") != std::string::npos);
    }
};

QTEST_MAIN(ExporterTest)
#include "exporter.moc"
