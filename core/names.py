"""Names: of kicks, `AI: ` and a German given name as the web app calls its own; of what is taken, with a number."""

from collections.abc import Container
from itertools import count
from random import Random

LONGEST = 32
"""Characters in the name of a kick or a preset."""

PREFIX = "AI: "

GIVEN = tuple(
    """
    Achim Adalbert Adelheid Adolar Agathe Alaric Albrecht Alfons Alheid Almut Alois Alwin Amalie Anke Annegret
    Anneliese Ansgar Anselm Arnfried Arnulf Artur Astrid August Balduin Baldur Balthasar Barbara Bärbel Bartholomäus
    Beate Benedikt Bernd Bernhard Bertha Berthold Bertram Birgit Birte Bodo Bonifaz Brigitte Bruno Brunhilde
    Burkhard Carsten Christoph Clemens Cordula Cornelius Dagmar Detlef Diethelm Dieter Dietlind Dietmar Dietrich
    Dorothea Eberhard Eckart Eckhard Edeltraud Edgar Edmund Egbert Egon Ehrenfried Eike Elfriede Elke Elmar
    Engelbert Erdmute Erhard Erich Erika Ermelinde Ernst Erwin Esther Eugen Ewald Felicitas Ferdinand Florian
    Frauke Fridolin Friedbert Frieder Friedhelm Friedlinde Friedrich Fritz Gebhard Georg Gerda Gerhard Gerlinde
    Gerold Gertrud Gisbert Gisela Gottfried Gotthold Gottlieb Gregor Gudrun Gundula Gunnar Gunther Gustav Hannelore
    Hartmut Hartwig Hedwig Heide Heidrun Heike Heiko Heiner Heinrich Heinz Helga Helge Helmut Henning Henrike
    Heribert Hermann Herta Hilda Hildegard Hilmar Hinrich Holger Horst Hubert Hugo Ida Ilse Imke Ingeborg Ingo
    Ingrid Irmgard Irmtraud Isolde Jakob Jobst Jochen Johann Jörg Josef Julius Jürgen Jutta Käthe Kaspar Katharina
    Klaus Konrad Konstantin Kriemhild Kunigunde Kuno Kurt Lambert Leberecht Leonhard Leopold Lieselotte Linde
    Lorenz Lothar Lotte Ludger Ludwig Luise Lukas Lutz Magda Magnus Manfred Margarete Markward Martha Martin
    Mathilde Matthias Mechthild Meinhard Meinolf Michael Nepomuk Niklas Norbert Notburga Oda Oskar Oswald Otfried
    Otmar Ottilie Otto Paul Petra Philipp Poldi Quirin Raimund Rainer Ralf Regine Reiner Reinhard Reinhild
    Reinhold Renate Richard Roderich Roland Rosemarie Roswitha Rudolf Rupert Rüdiger Ruth Sabine Sebald Sebastian
    Severin Siegbert Siegfried Sieglinde Siegmund Sigrid Sigurd Silke Sixtus Sönke Sophie Stefan Steffen Swantje
    Tankred Thekla Theodor Thilo Thorsten Tilman Tobias Torben Traugott Trude Udo Ulf Ulrich Ulrike Ursula Ute Uwe
    Valentin Veit Veronika Viktor Vinzenz Volker Volkmar Walburga Waldemar Walpurga Walter Waltraud Wendelin Wenzel
    Werner Wiebke Wigand Wilfried Wilhelm Willibald Winfried Wolf Wolfgang Wolfram Xaver Zacharias
    """.split()
)


def candidates(random: Random) -> list[str]:
    """Names in the order to try them: plain ones first, then numbered ones for an account that has used those up.

    The numbers grow, so that no account has used all of them, however many kicks it makes in the life of a take.
    """
    plain = random.sample(GIVEN, 64)
    more = [
        f"{name} {random.randrange(low, 1000 * low)}" for low in (2, 1000, 10**6) for name in random.sample(GIVEN, 32)
    ]
    return [PREFIX + name for name in plain + more]


def given(name: str) -> str:
    """The given name in a kick's name."""
    return name.removeprefix(PREFIX)


def numbered(name: str, taken: Container[str], longest: int = LONGEST) -> str:
    """`name` with the first number from 2 on that makes it free: "hit house 2", never longer than `longest`.

    `taken` holds names in lower case: two that differ in capitals only would be taken for one another.
    """
    endings = (f" {number}" for number in count(2))
    numbers = (name[: longest - len(end)].rstrip() + end for end in endings)
    return next(one for one in numbers if one.lower() not in taken)
