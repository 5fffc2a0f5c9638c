#include "json/value_json.h"

#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

using namespace loadpath;

namespace {

Problem firstProblem(std::string_view text) {
    const auto result = parseJson(text);
    return result ? Problem{} : result.error().front();
}

}  // namespace

class ValueJsonTest : public QObject {
    Q_OBJECT
private slots:
    void everyValueKnowsWhereItStands() {
        const auto tree =
            parseJsonTree("{\n  \"a\": 1,\n  \"ü\": [true, \"x, \\\" y\",\n    {\"b\":null}], \"c\" : -2.5e1\n}");
        QVERIFY(tree);
        QCOMPARE(tree->line, 1);
        const JsonNode* list = tree->find("ü");
        QVERIFY(list);
        QCOMPARE(std::pair(list->line, list->column), std::pair(3, 8));
        QCOMPARE(std::pair(list->items[0].line, list->items[0].column), std::pair(3, 9));
        QCOMPARE(std::pair(list->items[1].line, list->items[1].column), std::pair(3, 15));
        QCOMPARE(std::pair(list->items[2].line, list->items[2].column), std::pair(4, 5));
        QCOMPARE(std::pair(list->items[2].find("b")->line, list->items[2].find("b")->column), std::pair(4, 10));
        QCOMPARE(std::pair(tree->find("c")->line, tree->find("c")->column), std::pair(4, 24));
        QVERIFY(tree->find("c")->scalar == Value(-25));
    }
    void columnsCountCharactersNotBytes() {
        const auto tree = parseJsonTree("[\"äöü\", 7]");
        QVERIFY(tree);
        QCOMPARE(tree->items[1].column, 9);
    }
    void syntaxErrorsNameLineAndColumn() {
        const Problem problem = firstProblem("{\n  \"a\": 1,\n  \"b\": }\n");
        QCOMPARE(problem.line, 3);
        QCOMPARE(problem.column, 8);
        QVERIFY2(problem.message.find("not JSON") != std::string::npos, problem.message.c_str());
        QCOMPARE(problem.pointer, "/b");
    }
    void refused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, QByteArray text, const char* says) {
            QTest::newRow(name) << text << QString::fromUtf8(says);
        };
        row("empty", "", "empty");
        row("blank", " \n\t", "empty");
        row("NaN", "[NaN]", "not JSON");
        row("Infinity", "[-Infinity]", "not JSON");
        row("overflow", "[1e999]", "too large");
        row("comment", "[1] // one", "not JSON");
        row("trailing", "[1] 2", "not JSON");
        row("trailing comma", "[1,]", "not JSON");
        row("control character", QByteArray("[\"a\x01\"]"), "not JSON");
        row("NUL behind the end", QByteArray("{}\0x", 4), "NUL");
        row("UTF-16", QByteArray("\xFF\xFE{\0}\0", 6), "UTF-8");
        row("Latin-1", QByteArray("[\"\xE4\"]"), "UTF-8");
        row("overlong", QByteArray("[\"\xC0\xAF\"]"), "UTF-8");
        row("surrogate", QByteArray("[\"\xED\xA0\x80\"]"), "UTF-8");
        row("lone escape of a surrogate", "[\"\\ud800\"]", "not JSON");
        row("nesting", QByteArray(65, '[') + QByteArray(65, ']'), "64 deep");
        row("huge nesting", QByteArray(1000000, '['), "64 deep");
        row("single quotes", "{'a': 1}", "not JSON");
        row("leading zero", "[01]", "not JSON");
    }
    void refused() {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        const auto result = parseJson(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        QVERIFY(!result);
        QVERIFY2(QString::fromStdString(result.error().front().message).contains(says),
                 result.error().front().message.c_str());
    }
    void tooLargeIsRefusedBeforeItIsRead() {
        const std::string text((64u << 20) + 1, ' ');
        QCOMPARE(firstProblem(text).message, "the file is larger than 64 MiB");
    }
    void nestingOfSixtyFourIsRead() { QVERIFY(parseJson(std::string(64, '[') + std::string(64, ']'))); }
    void everyDuplicateKeyIsNamed() {
        const auto result = parseJson("{\"a\": 1, \"a\": 2,\n \"o\": [{\"x/y\": 1, \"x/y\": 2}]}");
        QVERIFY(!result);
        QCOMPARE(result.error().size(), std::size_t(2));
        QCOMPARE(result.error()[0].pointer, "/a");
        QCOMPARE(result.error()[0].line, 1);
        QCOMPARE(result.error()[0].column, 10);
        QCOMPARE(result.error()[1].pointer, "/o/0/x~1y");
        QCOMPARE(result.error()[1].line, 2);
    }
    void aByteOrderMarkIsSkipped() {
        const auto tree = parseJsonTree("\xEF\xBB\xBF{\"a\": 1}");
        QVERIFY(tree);
        QCOMPARE(tree->find("a")->column, 7);
    }
    void numbersKeepTheirValue() {
        QVERIFY(*parseJson("[9223372036854775807, 1.0, 1e2, -0.0, 0.1]") ==
                Value(Value::List{Value(std::int64_t{9223372036854775807}), 1, 100, 0, 0.1}));
        QVERIFY(parseJson("18446744073709551615")->isNumber());
    }
    void whatFitsStandsOnOneLine() {
        Value::List small{1, 2};
        Value::List wide(60, Value("x"));
        Value::Object object;
        object["a"] = small;
        object["b"] = wide;
        const std::string text = writeJson(object);
        QCOMPARE(text.substr(0, 24), "{\n  \"a\": [1, 2],\n  \"b\": ");
        QVERIFY(text.find("    \"x\",\n") != std::string::npos);
        QCOMPARE(writeJson(Value::List{}), "[]\n");
        QCOMPARE(writeJson(Value::Object{}), "{}\n");
    }
    void theHundredthColumnIsTheLast() {
        for (const int length : {96, 97}) {
            const Value list = Value::List{Value(std::string(static_cast<std::size_t>(length), 'x'))};
            QCOMPARE(writeJson(list).find('\n') == static_cast<std::size_t>(length + 4), length == 96);
        }
    }
    void charactersNotBytesAreCounted() {
        std::string text;
        for (int i = 0; i < 96; ++i) text += "ü";
        QCOMPARE(writeJson(Value::List{Value(text)}).find("\n"), 2 * 96 + std::size_t(4));
    }
    void textIsEscaped() {
        QCOMPARE(writeJson(Value("a\"\\\n\t\x01/é")), "\"a\\\"\\\\\\n\\t\\u0001/é\"\n");
        QCOMPARE(writeJson(Value("\xFF")), "\"\xEF\xBF\xBD\"\n");
    }
    void figuresThatDoNotExistAreNull() {
        QCOMPARE(writeJson(Value(std::numeric_limits<double>::quiet_NaN())), "null\n");
        QCOMPARE(writeJson(Value(std::numeric_limits<double>::infinity())), "null\n");
    }
    void randomValuesSurviveWritingAndReading() {
        std::mt19937_64 random(7);
        const std::function<Value(int)> make = [&](int depth) -> Value {
            switch (random() % (depth > 3 ? 5 : 7)) {
                case 0:
                    return {};
                case 1:
                    return random() % 2 == 0;
                case 2:
                    return Value(static_cast<std::int64_t>(random()));
                case 3:
                    return Value(std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 120));
                case 4:
                    return std::string("t\"\\\n") + static_cast<char>(random() % 128) + "日本";
                case 5: {
                    Value::List list;
                    for (auto n = random() % 6; n > 0; --n) list.push_back(make(depth + 1));
                    return list;
                }
                default: {
                    Value::Object object;
                    for (auto n = random() % 6; n > 0; --n)
                        object["k" + std::to_string(random() % 50)] = make(depth + 1);
                    return object;
                }
            }
        };
        for (int i = 0; i < 2000; ++i) {
            const Value value = make(0);
            const auto back = parseJson(writeJson(value));
            QVERIFY(back);
            QVERIFY(*back == value);
        }
    }
};

QTEST_APPLESS_MAIN(ValueJsonTest)
#include "value_json.moc"
