"""Rosters as Moodle, Canvas and Blackboard export them, and what their exports call a student."""

import csv
import time
import unicodedata

import pytest
from hostile import HONEST, notebook
from test_grade import WRONG, grade, rows, write

from threesteps_grading import WrongUse
from threesteps_grading.cli import main
from threesteps_grading.judging.batch import TASKS_OF
from threesteps_grading.reading.roster import read_roster
from threesteps_grading.reading.submission import submissions

pytestmark = pytest.mark.usefixtures("warm")

MOODLE = """\
"First name","Last name","ID number",Institution,"Email address","Course total (Real)"
Ana,"Bo Lind",100234,,ana@example.org,12.00
Ana,"Bo Lind",100235,,ana.b@example.org,-
Zoë,Żak,100236,,zz@example.org,-
"""
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Quiz 1 (991)
"    Points Possible",,,,,10.00
"Bo Lind, Ana",5011,s77,ablind,A,3
"O'Neil-Żak, Zoë",5012,s78,zz,A,
"张, 伟",5013,s79,wzhang,B,4
"""
BLACKBOARD = """\
"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"
"Bo Lind"\t"Ana"\t"a_lind"\t"00123"\t"2024-01-01"\t"Yes"
"Żak"\t"Zoë"\t"zz9"\t"00124"\t""\t"Yes"
"""
OWN = "Name;Login\nAna;ana\nZoë Żak;zz\n7;7\n"
MOODLE_NAMES = ("Ana Bo Lind (ana@example.org)", "Ana Bo Lind (ana.b@example.org)", "Zoë Żak")


@pytest.fixture
def roster(tmp_path):
    def made(text, encoding="utf-8"):
        (tmp_path / "roster.csv").write_bytes(text.encode(encoding))
        return read_roster(tmp_path / "roster.csv")

    return made


def test_moodle(roster):
    made = roster(MOODLE)
    assert made.header == ("First name", "Last name", "ID number", "Email address")
    assert made.names == MOODLE_NAMES
    assert made.name_of("Zoë Żak_20731_assignsubmission_file") == "Zoë Żak"
    assert made.name_of("zz@example.org") == made.name_of("zz") == made.name_of("100236") == "Zoë Żak"
    assert made.name_of("100235") == made.name_of("ANA.B@example.org") == MOODLE_NAMES[1]
    assert made.name_of("Ana Bo Lind_20733_assignsubmission_file") == "Ana Bo Lind_20733_assignsubmission_file"
    assert made.name_of("Ana Bo Lind_100234_assignsubmission_file") == MOODLE_NAMES[0]


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Max_Mu_14_assignsubmission_file_", "Max_Mu"),
        ("Max_1_14_assignsubmission_file_nn", "Max_1"),
        ("M_X_15_assignsubmission_file_", "Bo"),  # the worksheet's number, where the name says nothing
        # What follows the LMS's part is the student's own.
        ("stranger_99_assignsubmission_file_Bo_15_assignsubmission_file_", ""),
        ("stranger_5011_81234_Bo_15_assignsubmission_file_", ""),
        ("stranger_5011_81234_15_assignsubmission_file_", ""),
        ("HW_stranger_attempt_2026-12-01-23-59-30_Bo_15_assignsubmission_file_", ""),
    ],
)
def test_a_name_with_underscores_in_moodle(roster, name, student):
    made = roster("Identifier,Full name\nParticipant 14,Max_Mu\nParticipant 15,Bo\nParticipant 16,Max_1\n")
    if student == "Max_1":
        name = name.replace("14", "16")
    assert made.name_of(name) == (student or name)


def test_canvas(roster):
    made = roster(CANVAS)
    assert made.names == ("Bo Lind, Ana", "O'Neil-Żak, Zoë", "张, 伟")
    assert made.name_of("bolindana_5011_81234_1a_neuron") == "Bo Lind, Ana"
    assert made.name_of("oneilżakzoë_LATE_5012_81235_1a_neuron-2") == "O'Neil-Żak, Zoë"
    assert made.name_of("张伟_5013_81236_nn") == "张, 伟"
    assert made.name_of("somebodyelse_9999_5_nn") == "somebodyelse_9999_5_nn"
    assert made.points_row[0] == "Points Possible"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_blackboard(roster, encoding):
    made = roster(BLACKBOARD, encoding)
    assert made.names == ("Ana Bo Lind", "Zoë Żak")
    files = [f"Week 1_{login}_attempt_2024-01-31-10-00-00_1a_neuron" for login in ("a_lind", "zz9")]
    assert [*made.names_of(files).values()] == ["Ana Bo Lind", "Zoë Żak"]
    assert made.name_of("00124") == "Zoë Żak"


def test_a_roster_of_ones_own_and_an_old_encoding(roster):
    assert roster(OWN).names == ("Ana", "Zoë Żak", "7")
    assert roster(OWN).name_of("exercise_7") == "exercise_7"  # too short to stand for somebody
    assert roster(OWN).name_of("7") == "7"
    assert roster("name\nZoë\n", "cp1252").names == ("Zoë",)


def test_who_could_be_two_is_nobody(roster):
    made = roster("name,login\nAna Bo,abo\nBo Ana,bana\nCy,cy01\n")
    assert made.name_of("bo ana") == "Bo Ana" and made.name_of("bo, ana") == "bo, ana"
    assert made.name_of("abo_cy01") == "abo_cy01"
    assert made.name_of("abo_1") == "abo_1"
    assert made.name_of("abo") == "Ana Bo"


# Where an LMS writes the student, and where a student writes what they like

WORKSHEET = """\
Identifier,"Full name","Email address",Status,Grade,"Last modified (submission)"
"Participant 7100001","Ana Bo",ana@example.org,"Submitted for grading",,"Tuesday, 1 December 2026, 11:58 PM"
"Participant 7100002","Ana Bo",bo@example.org,"Submitted for grading",,"Wednesday, 2 December 2026, 12:07 AM"
"Participant 7100003","Daniël Żak",dz@example.org,"No submission",,-
"""
NAMESAKES = ("Ana Bo (ana@example.org)", "Ana Bo (bo@example.org)")


@pytest.mark.parametrize("end", ["_assignsubmission_file_", "_assignsubmission_file", "_assignsubmission_file_my_work"])
def test_moodles_participants(roster, end):
    made = roster(WORKSHEET)
    assert made.names == (*NAMESAKES, "Daniël Żak")
    assert made.name_of("Ana Bo_7100001" + end) == NAMESAKES[0]
    assert made.name_of("Ana Bo_7100002" + end) == NAMESAKES[1]
    assert made.name_of("Participant_7100002" + end) == NAMESAKES[1]  # as it is with blind marking
    assert made.name_of("Daniël Żak_9999999" + end) == "Daniël Żak"  # the worksheet of another assignment
    assert made.name_of("Daniël Żak_7100001" + end) == "Daniël Żak_7100001" + end  # two things that contradict
    assert made.name_of("Ana Bo_9999999" + end) == "Ana Bo_9999999" + end


def test_a_worksheet_for_blind_marking(roster):
    made = roster("Identifier,Status,Grade\nParticipant 81,x,\nParticipant 82,x,\n")
    assert made.names == ("Participant 81", "Participant 82")
    assert made.name_of("Participant_82_assignsubmission_file_") == "Participant 82"


IN_CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section
"Bo, Bob",777,s1,bob,A
"Zander, Zoe",4001,s2,zoe,A
"Zander, Zoe",4002,s3,zoez,A
"Lind (Annie), Ana-Maria",4003,s4,aml,A
"""


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("bobob_777_9001_nn", "Bo, Bob"),
        ("bobob_LATE_777_9001_nn", "Bo, Bob"),
        ("zanderzoe_4001_9001_bob", "Zander, Zoe (zoe)"),
        ("zanderzoe_LATE_4002_9001_bobob_777_9_nn", "Zander, Zoe (zoez)"),
        ("lindannieanamaria_4003_9002_nn", "Lind (Annie), Ana-Maria"),
        ("bob", "Bo, Bob"),
        ("777", "Bo, Bob"),
        ("s1", "Bo, Bob"),
        # Strangers, whatever they call their files.
        ("zoe_777_1_bob", ""),
        ("zoe_888_1_bob", ""),
        ("stranger_888_1_Bob Bo_777_assignsubmission_file_", ""),
        ("stranger_888_1_HW_bob_attempt_2026-01-31-10-00-00_nn", ""),
        ("stranger_888_1_bobob_777_9001_nn", ""),
        ("bobob_888_9001_nn", ""),
        ("stranger_777_9001_nn", ""),
        ("bob_2", ""),
        ("my_bob", ""),
    ],
)
def test_of_canvas_the_prefix_counts(roster, name, student):
    assert roster(IN_CANVAS).name_of(name) == (student or name)


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("HW_bob_attempt_2026-12-01-23-59-30_1_2_nn", "Bob Bo"),
        ("HW_1_2045_attempt_2026-12-01-23-59-30_1_2_nn", "Cy"),
        ("bobob_12_9001_HW_2045_attempt_2026-12-01-23-59-30_nn", "Bob Bo"),
        ("zoe_777_9001_HW_bob_attempt_2026-12-01-23-59-30_nn", ""),
        ("zoe_777_9001_attempt_2026-12-01-23-59-30_bob", ""),
        ("zoe_777_9001_bob", ""),
    ],
)
def test_with_a_roster_of_ones_own_the_first_part_counts(roster, name, student):
    made = roster("name,login,id\nBob Bo,bob,777\nCy,2045,778\n")
    assert made.names_of([name, "HW_1_bob_attempt_2026-12-01-23-59-30_nn"])[name] == (student or name)


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Week_1_2_a_lind_attempt_2026-12-01-23-59-30_nn", "Ana Bo Lind"),
        ("Week_1_a_lind_attempt_2026-12-01-23-59-30_nn", "Ana Bo Lind"),
        ("zz9_zz9_attempt_2026-12-01-23-59-30", "Zoë Żak"),
        ("Week 1_00124_attempt_2026-12-01-23-59-30_a_lind_attempt_2026-12-01-23-59-30_nn", "Zoë Żak"),
        ("Week 1_stranger_attempt_2026-12-01-23-59-30_a_lind_attempt_2026-12-01-23-59-30_nn", ""),
        ("Week 1_stranger_attempt_2026-12-01-23-59-30_zz9_1_1_nn", ""),
        ("zz9_stranger_attempt_2026-12-01-23-59-30_nn", ""),
    ],
)
def test_of_blackboard_what_stands_before_the_attempt_counts(roster, name, student):
    others = [f"{title}_zz9_attempt_2026-12-01-23-59-30_nn" for title in ("Week_1", "Week_1_2")]
    assert roster(BLACKBOARD).names_of([name, *others])[name] == (student or name)


@pytest.mark.parametrize("misread", ["cp437", "cp850", "cp1252", "latin-1"])
@pytest.mark.parametrize("written", ["utf-8", "cp850", "cp1252"])
def test_a_name_in_the_wrong_code_page(roster, written, misread):
    mojibake = "Daniël Bo_7_assignsubmission_file_".encode(written).decode(misread)
    assert roster("name\nDaniël Bo\nDaniel Bo\n").name_of(mojibake) == "Daniël Bo"


def test_names_of_thousands_of_underscores_take_no_time(roster):
    made = roster(BLACKBOARD)
    for part in ("_", "a_", "1_", "_LATE", "_1_LATE", "é_1", "_attempt_", "_attempt_2026-12-01-23-59-30"):
        name = part * (60_000 // len(part))
        assert made.name_of(name) == name


def test_a_name_twice_without_anything_to_tell_them_apart(roster):
    assert roster("name\nAna\nAna\n").names == ("Ana ~1", "Ana ~2")


def test_the_same_row_twice_is_one_person(roster):
    made = roster("name,login\nDu Pe,dup\nCy,cy\nDu  Pe,DUP\nDu Pe,other\n")
    assert made.names == ("Du Pe (dup)", "Cy", "Du Pe (other)") and len(made.rows) == 3
    assert made.name_of("dup") == "Du Pe (dup)"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vorname;Nachname;E-Mail-Adresse\nAna;Bo;ab@x.de\n", "Ana Bo"),
        ("Vorname,Nachname,ID-Nummer,Matrikelnummer,Anmeldename\nAna,Bo,7,ab,abo\n", "Ana Bo"),
        ('ID,"Vollständiger Name",E-Mail-Adresse,Status\nTeilnehmer/in123,Ana Bo,ab@x.de,-\n', "Ana Bo"),
        ("ID,Bewertung\nTeilnehmer*in 123,-\n", "Teilnehmer*in 123"),
        ('Prénom,Nom,"Numéro d\'identification","Adresse de courriel"\nAna,Bo,1,ab@x.fr\n', "Ana Bo"),
        ("Prénom,Nom de famille,Numéro d’identification\nAna,Bo,ab\n", "Ana Bo"),
        ("Identifiant,Nom complet,Adresse de courriel\nParticipant 123,Ana Bo,ab@x.fr\n", "Ana Bo"),
        ("Nombre,Apellido(s),Número de ID,Dirección de correo\nAna,Bo,1,ab@x.es\n", "Ana Bo"),
        ("Identificador,Nombre completo,Dirección de correo\nParticipante 123,Ana Bo,ab@x.es\n", "Ana Bo"),
    ],
)
def test_moodle_in_german_french_and_spanish(roster, text, name):
    made = roster(text)
    assert made.names == (name,)
    place = "Ana Bo" if name == "Ana Bo" else "Teilnehmerin"
    assert made.name_of(f"{place}_123_assignsubmission_file_") == name
    assert made.name_of("Cy Di_124_assignsubmission_file_") == "Cy Di_124_assignsubmission_file_"


@pytest.mark.parametrize("header", ["Email address,Full name", "Identifier,Full name"])
def test_moodle_writes_the_group_before_the_name(roster, header):
    made = roster(f"{header}\nParticipant 1,Ana-Maria Bo\nParticipant 2,Cy\n")
    files = [f"Group A-1-{name}_assignsubmission_file_" for name in ("Ana-Maria Bo_1", "Cy_2", "Maria Bo_9")]
    assert [*made.names_of(files).values()] == ["Ana-Maria Bo", "Cy", files[2]]


def test_of_github_classroom_a_clone_ends_with_the_login(roster):
    made = roster(
        '"identifier","github_username","github_id","name"\n'
        '"ana@x.de","octo-ana","1","Ana Bo"\n"Bo Ca","octobo","2",""\n"cy@x.de","","",""\n'
    )
    assert made.names == ("Ana Bo", "octobo", "cy@x.de")
    assert made.name_of("ana@x.de") == "Ana Bo" and made.name_of("Bo Ca") == "octobo"
    files = ["ex-1a-octo-ana", "ex-1a-octobo", "ex-1a-ana"]
    assert [*made.names_of(files).values()] == ["Ana Bo", "octobo", "ex-1a-ana"]


TIME = "_attempt_2026-12-01-23-59-30_nn"
FILE = "_assignsubmission_file_"
IN_GITHUB = "identifier,github_username\nAna,bo\nBea,cy\nCleo,di-1\n"


@pytest.mark.parametrize(
    ("text", "handed_in", "students"),
    [
        # Nothing stands before the names of a class that are there as they are.
        ("name\nUma Vogt\nLia Berg\n", ["Lia Berg_8", "Eva-Uma Vogt_9"], ["Lia Berg", ""]),
        ("name\nUma Vogt\nLia Berg\n", ["Eva-Lia Berg_8"], [""]),
        ("name\nA B\nC D\nE F\nG H\n", ["A B_1", "C D_2", "X-E F_3", "X-G H_4"], ["A B", "C D", "", ""]),
        # Two groups; who is of another class, or stands twice, is nobody's.
        (
            "name\nA B\nC D\nE F\nG H\nJ K\nJ K\n",
            ["X-1-A B_1", "X-1-C D_2", "Y-E F_3", "Y-G H_4", "Y-A-B_5", "Y-Eva-A B_6", "Z-C D_7", "Y-J K_8"],
            ["A B", "C D", "E F", "G H", "A B", "", "", ""],
        ),
        # The worksheet's own numbers contradict.
        ("Identifier,Full name\nParticipant 3,Luc Roy\nParticipant 4,Zoe\n", ["Jo-Luc Roy_9", "Jo-Zoe_8"], ["", ""]),
        ("Identifier,Full name\nParticipant 3,Luc Roy\nParticipant 4,Zoe\n", ["X-Luc Roy_3"], ["Luc Roy"]),
        # An assignment stands before each login, and of two assignments each before its own.
        (IN_GITHUB, ["w-1-bo", "w-1-cy", "w-1-ana-bo", "w-1-di-1", "w-1-1"], ["bo", "cy", "", "di-1", ""]),
        (IN_GITHUB, ["w-1-bo", "w-1-cy", "w-2-cy", "w-2-ana-bo", "w-2-bo"], ["bo", "cy", "cy", "", "bo"]),
        (IN_GITHUB, ["bo", "cy", "eva-cy"], ["bo", "cy", ""]),
        (IN_GITHUB, ["w-bo"], [""]),
        ("login\nbo\ncy\n", ["W_1_ana_bo", "W_1_cy", "W_1_bo"], ["", "cy", "bo"]),
        ("login\nbo\ncy\n", ["W 1_ana_bo", "W 1_cy"], ["", "cy"]),
        ("login\nbo\ncy\n", ["W_1_ana_bo"], [""]),
        ("login\n2045\n12045\n7\n17\n", ["W_1_2045", "W_1_12045", "W_1_7"], ["2045", "12045", "7"]),
    ],
)
def test_what_stands_before_a_student_is_what_the_class_shares(roster, text, handed_in, students):
    made = roster(text)
    files = [name + ("" if "github" in text else TIME if "login" in text else FILE) for name in handed_in]
    called = {key: name for name in made.names for key in (name, name.partition(" (")[0])}
    called |= {"bo": made.names[0], "cy": made.names[1], "di-1": made.names[-1]} if "github" in text else {}
    expected = [called.get(student, file) for student, file in zip(students, files)]
    assert [*made.names_of(files).values()] == expected
    backwards = made.names_of(files[::-1])
    assert [backwards[file] for file in files] == expected


def test_files_get_the_names_that_the_class_tells(roster, tmp_path):
    made = roster(IN_GITHUB + "Ed,ed\n")
    write(tmp_path / "in", dict.fromkeys(["w-1-bo", "w-1-cy", "w-1-ana-bo"], HONEST))
    found = submissions(tmp_path / "in", TASKS_OF, made)
    assert [(s.student, s.path) for s in found] == [
        (made.names[0], "w-1-bo/nn.ipynb"),
        (made.names[1], "w-1-cy/nn.ipynb"),
        ("w-1-ana-bo", "w-1-ana-bo/nn.ipynb"),
    ]


@pytest.mark.parametrize(
    ("text", "names", "students"),
    [
        ("name\nKai Lena\nLena Kai\n", ["Kai Lena_1" + FILE, "Lena Kai_2" + FILE], ["Kai Lena", "Lena Kai"]),
        ("name\nKai Lena\nLena Kai\n", ["kai lena", "Lena, Kai"], ["Kai Lena", ""]),
        # Canvas writes the family name first, whatever the roster does.
        ("name,id\nKai Lena,1\nLena Kai,2\n", ["kailena_2_7_nn", "kailena_3_7_nn"], ["Lena Kai", ""]),
        ("name,login\nEva,e-va\nUma,eva1\nLia,e-va1\n", ["e-va", "eva1", "e-va1"], ["Eva", "Uma", "Lia"]),
        ("name,id\nUma,1-23\nLia,12-3\n", ["1-23", "12-3", "123"], ["Uma", "Lia", ""]),
        ("name,login,email\nUma,vogt,u@x.de\nLia,l7,vogt@y.com\n", ["vogt", "VOGT@y.com"], ["Uma", "Lia"]),
    ],
)
def test_what_stands_in_the_roster_comes_before_what_is_like_it(roster, text, names, students):
    found = roster(text).names_of(names)
    assert [*found.values()] == [student or name for student, name in zip(students, names)]


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("mueller (1)", "Anna Müller"),
        ("Mueller(12)", "Anna Müller"),
        ("mueller1 (2)", "Bernd Müller"),
        ("4711 (1)", "Anna Müller"),
        *(
            (name, name)
            for name in ("mueller 1", "mueller-1", "mueller_1", "mueller.1", "47 11 (1)", "4711 1", "x (1)")
        ),
    ],
)
def test_a_number_behind_a_name_makes_it_nobody_elses(roster, name, student):
    made = roster("name,login,id\nAnna Müller,mueller,4711\nBernd Müller,mueller1,47111\n")
    assert made.name_of(name) == student


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Wang Xi An", "Wang Xi An"),
        ("wang-xian", "Wang Xian"),
        ("xianwang", "Wang Xian"),
        ("Jean Luc OBrien", "Jean-Luc O'Brien"),
        ("obrienjeanluc", "Jean-Luc O'Brien"),
        ("J. Ean-Luc O'Brien", "J. Ean-Luc O'Brien"),
    ],
)
def test_words_of_another_division_are_another_name(roster, name, student):
    assert roster("name\nWang Xian\nJean-Luc O'Brien\n").name_of(name) == student


def test_an_accent_written_in_two_ways_is_one_student(tmp_path, unjudged):
    ways = [unicodedata.normalize(form, "José") for form in ("NFC", "NFD")]
    write(tmp_path / "in", dict(zip(ways, (HONEST, WRONG))))
    for name in ("José", "zoe"):
        write(tmp_path / "in", {name: HONEST})
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    assert [row["student"] for row in rows(tmp_path / "out", "gradebook.csv")] == ["José", "zoe"]


@pytest.mark.parametrize("name", ["André Roy", "Zoë Roy", "Aimée Roy", "François Roy"])
def test_a_name_that_is_right_as_it_is_is_not_read_in_other_code_pages(roster, name):
    without = "".join(letter for letter in name if letter.isascii())
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    file = f"{name}_9{FILE}"
    assert roster(f"name\n{without}\n{plain}\n").name_of(file) == file
    assert roster(f"name,login\n{name},a\n{name},b\n{without},c\n{plain},d\n").name_of(file) == file


def test_a_class_of_long_names_takes_no_time(roster):
    lines = "".join(f"Ana{i} Bo-Lind,a_{i}\n" for i in range(2000))
    for header in ("name,login", "name,github_username"):
        made = roster(f"{header}\n{lines}")
        for at, end, count in (("_", TIME, 2000), ("-", "", 2000), ("-é", FILE, 100)):
            names = [f"{f'W{at}' * 80}a_{i}{end}"[-250:] for i in range(count)]
            began = time.process_time()
            assert len(made.names_of(names)) == count
            assert time.process_time() - began < 60


def test_a_student_in_two_sections_is_one_person(roster):
    made = roster(
        "name,login,id,section,extension\nEva,eva,,A,\nLia,,7,A,\nEva,EVA,3,B,2\nLia,,7,B,\n"
        "Lia,,8,B,\nUma,-,1,A,\nUma,-,2,A,\n"
    )
    assert made.names == ("Eva", "Lia (7)", "Lia (8)", "Uma (-)", "Uma (-) ~5")
    assert [row[-1] for row in made.rows] == ["A", "A", "B", "A", "A"]
    assert made.name_of("eva") == made.name_of("3") == "Eva" and made.extensions == {"Eva": "2"}
    assert made.name_of("2") == "Uma (-) ~5"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Name;Vorname;Matrikelnummer\nVogt;Uma;17\n", "Uma Vogt"),
        ("Vorname;Name\nUma;Vogt\n", "Uma Vogt"),
        ("name,first name\nUma Vogt,Uma\n", "Uma Vogt"),
        ("name,first name,last name\nUma Vogt,Um,Vogt\n", "Uma Vogt"),
        ("full name,first name\nUma Vogt,Mimi\n", "Uma Vogt"),
        ("Name;Vorname\nErnst;Ernst\n", "Ernst Ernst"),
        ("Name;Vorname\nVogt;\n", "Vogt"),
        ("Name,Surname\nUma,Vogt\n", "Uma Vogt"),
        ("Nachname;Name\nVogt;Uma\n", "Uma Vogt"),
        ("name,surname\nUma Vogt,Vogt\n", "Uma Vogt"),
        ("name,surname\nUma,\n", "Uma"),
        ("Nombre;Apellidos\nUma;Vogt\n", "Uma Vogt"),
    ],
)
def test_beside_a_first_name_the_name_is_the_family_name_and_the_other_way_round(roster, text, name):
    made = roster(text)
    assert made.names == (name,)
    assert made.name_of(f"{name}_1{FILE}") == made.name_of(" ".join(name.split()[::-1])) == name


def test_a_roster_with_the_line_ends_of_old_macs(roster):
    assert roster("name;login\rAna;ana\rBo;bo\r").names == ("Ana", "Bo")


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_for_excel_is_none_of_the_table(roster, first):
    assert roster(f"{first}\nname;login\nAna, Bo;ab\n").names == ("Ana, Bo",)


@pytest.mark.parametrize("begin", [b"PK\3\4", b"\xd0\xcf\x11\xe0"])
def test_a_spreadsheet_is_no_csv(tmp_path, begin):
    (tmp_path / "roster.xlsx").write_bytes(begin + b"\0,name\n" * 9)
    with pytest.raises(WrongUse, match="is an Excel file, or another spreadsheet's own: save it as CSV"):
        read_roster(tmp_path / "roster.xlsx")


def test_canvas_own_test_student_is_nobody(roster):
    made = roster(CANVAS + '"Student, Test",5999,,0f3e,A,\n"Student, Test",6000,s80,test,A,\n')
    assert made.names[3:] == ("Student, Test",) and made.rows[3][1] == "6000"
    assert roster('name\n"Student, Test"\n').names == ("Student, Test",)


@pytest.mark.parametrize("rest", ["Bo,bo\n", "Bo,bo\n" * 40_000])
def test_a_quote_that_is_not_closed(tmp_path, capsys, rest):
    (tmp_path / "roster.csv").write_text(f'name,login\n"Ana,ana\n{rest}')
    assert grade(tmp_path, tmp_path / "out", "--roster", tmp_path / "roster.csv") == 2
    assert "is there a quote that is not closed?" in capsys.readouterr().err


def test_cells_beyond_the_heading_are_no_roster(tmp_path, capsys):
    (tmp_path / "roster.csv").write_text("name,login\nAna,ana,,\nBo, Lee,bo\n")
    assert grade(tmp_path, tmp_path / "out", "--roster", tmp_path / "roster.csv") == 2
    assert "a row has more cells than the heading has columns: Bo, Lee, bo (a name" in capsys.readouterr().err


def test_of_two_columns_of_one_heading_the_first_that_is_filled_counts(roster):
    made = roster("name,id,ID\nAna,7,\nBo,,8\n")
    assert (made.name_of("7"), made.name_of("8")) == ("Ana", "Bo")


TWO_OF_A_NAME = {
    "the same": "name,login\nAna Bo,abo\nAna Bo,anab\n",
    "other letter case": "name,login\nAna Bo,abo\nANA BO,anab\n",
    "no logins": "name,section\nAna Bo,A\nAna Bo,B\n",
    "numbers as browsers' copies have them": "name,id\nAna Bo,1\nAna Bo,2\n",
}


@pytest.mark.parametrize("text", TWO_OF_A_NAME.values(), ids=TWO_OF_A_NAME)
@pytest.mark.parametrize("file", ["Ana Bo", "Bo, Ana", "ANA BO", "Ana Bo (1)", "Ana Bo (2)", "Ana-Bo"])
def test_what_could_be_either_namesakes_is_nobodys(roster, text, file):
    made = roster(text)
    assert made.name_of(file) not in made.names


def test_composed_letters_are_the_same_name(roster):
    made = roster("name,login\nJos\u00e9 Li,jl\nJose\u0301 Li,jli\n")
    assert made.name_of("Jos\u00e9 Li") not in made.names and made.name_of("jli") == made.names[1]


def test_a_number_that_a_worksheet_lacks_is_no_namesakes(roster):
    made = roster("Identifier,Full name\nParticipant 12,Ana Bo\nParticipant 13,Cy Di\n")
    ana, cy = f"Ana Bo_11{FILE}x", f"Cy Di_13{FILE}x"
    assert made.names_of([ana, cy]) == {ana: ana, cy: "Cy Di"}
    assert made.names_of([ana, f"Cy Di_10{FILE}x"])[ana] == "Ana Bo"  # the worksheet of another assignment


def test_an_undecided_text_is_not_left_under_anybodys_name(roster):
    made = roster("name,login\nKim,kp1\nLee Park,kim\n")
    assert (
        made.name_of("Kim") == "Kim (unclear)"
        and made.name_of("Kim ") == "Kim  (unclear)"
        and made.name_of("kp1") == "Kim"
    )


def test_two_columns_with_extensions_of_one_heading(tmp_path, capsys):
    (tmp_path / "roster.csv").write_text("name,extension,extension\nAna,1,3\n")
    assert grade(tmp_path, tmp_path / "out", "--roster", tmp_path / "roster.csv") == 2
    assert "two of its columns are called extension" in capsys.readouterr().err


ODD_NAMES = ["Ana  Maria", "Carl\u00a0Otto", "\u200fعلي", "\x1b[31mJo", "x" * 300, "x" * 300]


def test_students_with_odd_names_get_their_marks(tmp_path, capsys, unjudged):
    write(tmp_path / "in", {f"u{i}": HONEST for i in range(len(ODD_NAMES))})
    names = [*ODD_NAMES, "\x1b]0;pwn\x07Nobody"]
    lines = "".join(f"{name},u{i}\n" for i, name in enumerate(names))
    (tmp_path / "roster.csv").write_text(f"name,login\n{lines}", encoding="utf-8")
    assert grade(tmp_path / "in", tmp_path / "out", "--roster", tmp_path / "roster.csv") == 0
    given_back = [(row["name"], row["login"], row["1a_neuron"]) for row in rows(tmp_path / "out", "lms.csv")]
    assert given_back == [(name, f"u{i}", "8" if i < 6 else "") for i, name in enumerate(names)]
    assert [row["login"] for row in rows(tmp_path / "out", "nothing.csv")] == ["u6"]
    assert {"Ana Maria", "Carl Otto", "علي"} < {row["student"] for row in rows(tmp_path / "out", "gradebook.csv")}
    said = capsys.readouterr().out + (tmp_path / "out" / "nothing.csv").read_text("utf-8")
    assert "\x1b" not in said and "not on the roster" not in said


def test_a_roster_of_another_class_is_suspected(tmp_path, capsys, unjudged):
    write(tmp_path / "in", {"ana": HONEST, "bo": HONEST})
    for login, said in (("zoe", "the roster knows none of these students (2): is it of this class?"), ("bo", "")):
        (tmp_path / "roster.csv").write_text(f"name,login\nZoë,{login}\n")
        assert grade(tmp_path / "in", tmp_path / "out", "--roster", tmp_path / "roster.csv") == 0
        assert (err := capsys.readouterr().err).count("roster") == bool(said) and said in err


@pytest.mark.parametrize("text", ["", "Grade,Comment\n1,good\n"])
def test_no_column_says_who(tmp_path, capsys, text):
    (tmp_path / "roster.csv").write_text(text)
    assert grade(tmp_path, tmp_path / "out", "--roster", tmp_path / "roster.csv") == 2
    assert "says who somebody is" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_grading_with_a_roster(tmp_path, capsys):
    source = tmp_path / "in"
    source.mkdir()
    for name, cells in {
        "bolindana_5011_81234_nn": WRONG,
        "张伟_LATE_5013_81236_nn-1": HONEST,
        "stranger_4000_1_nn": HONEST,
    }.items():
        (source / f"{name}.ipynb").write_bytes(notebook(cells))
    (tmp_path / "roster.csv").write_text(CANVAS, encoding="utf-8")
    roster, out = ["--roster", tmp_path / "roster.csv"], tmp_path / "out"
    assert grade(source, out, "--seed", 3) == 0  # the names change where the roster is given later
    assert grade(source, out, *roster) == 0
    said = capsys.readouterr().out
    assert "handed in nothing (1): O'Neil-Żak, Zoë" in said
    assert "not on the roster, or not just one of it (1): stranger_4000_1_nn" in said
    assert {row["student"] for row in rows(out)} == {"Bo Lind, Ana", "张, 伟", "stranger_4000_1_nn"}
    assert {path.name for path in (out / "feedback").iterdir()} == {"Bo Lind, Ana", "张, 伟", "stranger_4000_1_nn"}
    with open(out / "lms.csv", encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "1a_neuron"],
            ["Points Possible", "", "", "", "", "8"],
            ["Bo Lind, Ana", "5011", "s77", "ablind", "A", "5"],
            ["O'Neil-Żak, Zoë", "5012", "s78", "zz", "A", ""],
            ["张, 伟", "5013", "s79", "wzhang", "B", "8"],
        ]
    assert [row["student"] for row in rows(out, "nothing.csv")] == ["O'Neil-Żak, Zoë"]
    assert main(["report", str(out)]) == 0
    assert "1 of the roster handed in nothing" in (out / "class.html").read_text(encoding="utf-8")


def test_files_of_a_student_under_two_names_are_of_one_student(tmp_path):
    write(tmp_path / "in", {"zz": WRONG, "Zoë Żak_1_assignsubmission_file": HONEST})
    (tmp_path / "roster.csv").write_text(MOODLE, encoding="utf-8")
    assert grade(tmp_path / "in", tmp_path / "out", "--roster", tmp_path / "roster.csv") == 0
    assert [row["outcome"] for row in rows(tmp_path / "out", "files.csv")] == ["older", "graded"]
    assert rows(tmp_path / "out", "lms.csv")[2]["1a_neuron"] in ("5", "8")


PARTICIPANTS = "First name,Surname,Email address\nAna,Bo,ab@x.de\nCy,Di,cd@x.de\n"
NUMBERED = "Identifier,Full name\nParticipant 101,Ana Bo\nParticipant 102,Cy Di\n"
SIGMOID, SOFTMAX = [HONEST[1]], ["def softmax(Z):\n    return Z"]


@pytest.mark.parametrize(
    ("text", "files", "students"),
    [
        (PARTICIPANTS, {f"Ana Bo_101{FILE}x": SIGMOID, f"Ana Bo_205{FILE}x": SIGMOID}, []),
        (PARTICIPANTS, {f"A-Cy Di_9{FILE}": SIGMOID, f"A-Ana Bo_1{FILE}": SIGMOID, f"A-Ana Bo_2{FILE}": SIGMOID},
         ["Cy Di"]),
        (PARTICIPANTS, {"dicy_5999_81236_x": SIGMOID, "boana_5011_81234_x": SIGMOID, "boana_5019_81235_x": SOFTMAX},
         ["Cy Di"]),
        # Of two assignments; where the roster has one of the numbers; one number twice; another name.
        (PARTICIPANTS, {f"Ana Bo_101{FILE}x": SIGMOID, f"Ana Bo_205{FILE}x": SOFTMAX}, ["Ana Bo", "Ana Bo"]),
        (NUMBERED, {f"Ana Bo_101{FILE}x": SIGMOID, f"Ana Bo_205{FILE}x": SIGMOID}, ["Ana Bo"]),
        (PARTICIPANTS, {"boana_5011_81234_x": SIGMOID, "boana_5011_81235_y": SIGMOID}, ["Ana Bo", "Ana Bo"]),
        (PARTICIPANTS, {f"Ana Bo_101{FILE}x": SIGMOID, "ab@x.de": SIGMOID}, ["Ana Bo", "Ana Bo"]),
    ],
)  # fmt: skip
def test_two_numbers_of_the_lms_are_two_people(tmp_path, roster, text, files, students):
    (tmp_path / "in").mkdir()
    for name, cells in files.items():
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(notebook(cells))
    found = submissions(tmp_path / "in", TASKS_OF, roster(text))
    expected = dict(zip(files, students + [*files][len(students) :]))
    assert {s.path.removesuffix(".ipynb"): s.student for s in found} == expected


def test_shards_merge_with_no_roster_but_their_own(tmp_path, capsys, unjudged):
    write(tmp_path / "in", {"abo": HONEST, "cdi": HONEST})
    swapped, right = tmp_path / "swapped.csv", tmp_path / "right.csv"
    swapped.write_text("name,login\nAna Bo,cdi\nCy Di,abo\n")
    right.write_text("name,login\nAna Bo,abo\nCy Di,cdi\n")

    def graded(roster):
        for k in (1, 2):
            shard = ["--seed", 1, "--shard", f"{k}/2", "--roster", roster]
            assert grade(tmp_path / "in", tmp_path / f"s{k}", *shard) == 0

    merge = ["merge", str(tmp_path / "s1"), str(tmp_path / "s2"), "--out", str(tmp_path / "out"), "--roster"]
    graded(swapped)
    assert main([*merge, str(right)]) == 2
    assert "right.csv is not the roster that the shards were graded with" in capsys.readouterr().err
    graded(right)
    assert main([*merge, str(right)]) == 0
    assert {row["path"]: row["student"] for row in rows(tmp_path / "out", "files.csv")} == {
        "abo/nn.ipynb": "Ana Bo",
        "cdi/nn.ipynb": "Cy Di",
    }


def test_shards_merge_with_the_roster(tmp_path, capsys):
    write(tmp_path / "in", {"ana": HONEST, "zz": HONEST})
    (tmp_path / "roster.csv").write_text(OWN + "Nobody;nob\n", encoding="utf-8")
    roster = ["--roster", str(tmp_path / "roster.csv")]
    for k in (1, 2):
        assert grade(tmp_path / "in", tmp_path / f"s{k}", "--seed", 1, "--shard", f"{k}/2", *roster) == 0
    capsys.readouterr()
    shards = [str(tmp_path / f"s{k}") for k in (1, 2)]
    assert main(["merge", *shards, "--out", str(tmp_path / "out"), *roster]) == 0
    assert "handed in nothing (2): 7; Nobody" in capsys.readouterr().out
    assert {row["student"] for row in rows(tmp_path / "out")} == {"Ana", "Zoë Żak"}


def test_an_assignment_of_blackboards_may_end_as_canvas_writes(tmp_path, roster):
    """`Sheet_3_1_LOGIN_attempt_…`: 3 and 1 are no numbers of Canvas'; nor do files called so make a class Canvas'."""
    (tmp_path / "in").mkdir()
    for login, own in (("abo", "ex"), *(("cdi", f"a{i}_50010_81234_x") for i in range(4))):
        name = f"Sheet_3_1_{login}_attempt_2026-11-30-10-00-00_{own}"
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(notebook(SIGMOID))
    found = submissions(tmp_path / "in", TASKS_OF, roster("name,login\nAna Bo,abo\nCy Di,cdi\n"))
    assert sorted({s.student for s in found}) == ["Ana Bo", "Cy Di"]
