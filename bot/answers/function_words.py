"""The small words of French, German and Bernese German: they tell a language and carry no topic.

Greetings and the verbs of asking belong here too: "bonjour, je cherche" says nothing about what is
sought. Never add a noun that an entry could be about.
"""

from __future__ import annotations


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


FRENCH = _table(
    """
    a ai ainsi alors après as au aucun aucune aussi aux avais avait avant avec avez avoir avons
    beaucoup bien bonjour bonsoir c ca ça car ce cela ces cet cette ceux chaque cherche
    cherchons chez ci combien comme comment d dans de depuis des dire doit dois donc du elle
    elles en encore ensuite entre es est et étais était être eu eux faire fais fait faites faut
    gens il ils j je jusqu jusque l la là laquelle le lequel les lesquels leur leurs lui m ma
    mais me même merci mes moi moins mon n ne ni non nos notre nous on ont ou où oui par parce
    pas pendant peu peut peux plus pour pourquoi pourrais pouvez pouvons puis qu quand que quel
    quelle quelles quelque quelques quelqu quels qui quoi rien s sa salut sans se sera serait
    ses si son sont sous souhaite suis sur svp t ta tant te tes toi ton toujours tous tout toute
    toutes très trop trouve trouver truc tu un une va vais vas vers veut veux voici voilà voir
    vont vos votre voudrais voulez vous vraiment y été aimerais aller besoin bonne chose
    """,
)
"""Words that a French text is held together by."""

GERMAN = _table(
    """
    aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim
    bekomme bekommen bin bis bist bitte brauche brauchen da dabei damit danke dann darf das dass
    davon dazu dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses
    dir doch dort du dürfen durch ein eine einem einen einer eines er es etwas euch euer eure
    finde finden für ganz gar geben geht gerne gern gibt guten gut haben habe hallo hast hat
    hatte hätte hier ich ihm ihn ihnen ihr ihre ihrem ihren im immer in ins irgendwo ist ja jede
    jeden jeder jemand jetzt kann kannst kein keine keinen können könnte könnten lassen leute
    machen mache man mehr mein meine meinem meinen meiner mich mir mit möchte möchten muss
    müssen musst nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinen seid selbst
    sich sie sind so soll sollte sonst suche suchen tag tun über um und uns unser unsere unserem
    unter viel vom von vor wann war warum was weil weiss welche welchem welchen welcher welches
    wem wen wenn wer werde werden wie will wir wird wo woher wohin wollen worden wurde würde zu
    zum zur zwischen
    """,
)
"""Words that a standard German text is held together by."""

DIALECT = _table(
    """
    aber aui auso auti au aues bi bim bisch bis bruuche bruche bruchi byde cha chan chame chani
    chasch chli chlei chöi chöit chönnt chönne chönd cho chumeni chunnt da daa de dert d di dir
    ds dr drfür dä där du e em emene ere es eim eini eis eme ender angere angerne für fürs ga
    gäge gah gägs gärn geit geits geng gib git gits grüessech grüezi gäbs ha häre hani hätt
    hätti hei heit het heisi hie hii i ig ii im ir is isch ischs itz jitz ke kei keis kes kener
    la lo lüt luege machi mache mau me meh mer mi mim mini mir mire mis mit mitem müesse mues
    muess mueni na nach nid niemer no nochli nume nüt nümm nümme öich öie öiem öies öpper öppis
    öpis ömu oder o rede sälü si sit sy sii söu söll so sueche suechi tuet u ume üs üse üsi üses
    ungernäh uf us vo vom viu vilech vor vore wäge wär wärs we welem wele weli welle wenn wenns
    wett wetti weni wie wi wo woni wott wotti worde z zäme zum zur zu zue äs ä är wäm witer weis
    merci bitte
    """,
)
"""Words that a text in Bernese German is held together by."""
