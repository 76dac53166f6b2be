"""Words of everyday news: in what share of articles each stem stands.

A few articles cannot tell by themselves that "official" says less than "Sorvik"; these do, until there are enough of them.
Counted over some two thousand English news articles of all sections and rounded; names of people and places are left out.
"""

from __future__ import annotations

from briefs.language.words import word_set

_BY_SHARE = {
    0.2: word_set("announc back call day down first includ last make offic peopl point report sinc time week year"),
    0.11: word_set(
        "accord administr against anoth appear around attack author between case caus charg close come "
        "compani earli elect end even execut expect face famili feder fire follow former found friday go "
        "govern group head help high home hour investig job later left like long look made mani million "
        "monday month morn move name near next night offici oper pass percent place plan public put receiv "
        "recent record releas remain return right run saturday second set sever show start statement stop "
        "sunday take thursday today told took tri tuesday use way wednesday well work world"
    ),
    0.06: word_set(
        "accus across action ad addit affect agenc ago agre alleg allow almost along alreadi although among "
        "april ask attempt august away base becam becom began behind believ best big bill billion block board "
        "both break bring build busi came campaign car carri chang claim complet confer confirm connect "
        "continu control cost countri critic current cut deal decad decemb decid decis declin describ design "
        "despit develop didn't direct director don't drop due earlier econom economi effort enter event fail "
        "fall februari few fight file final firm forc gave give good half hand happen hard health held "
        "histori hold howev improv increas inform issu januari juli june kill know known larg late law lead "
        "least leav led level life line list live local lose loss lost major man march may media meet member "
        "much need never novemb number octob offer old open order outsid part past person play polic polit "
        "posit possibl power presidenti previous problem program protect provid reach relat replac respons "
        "result rule saw say school secur see seem seen septemb serv share shoot short shot sign sourc "
        "special stand step store support system taken talk team think third though top total turn veri video "
        "vote want went whether win without women worker yet"
    ),
    0.035: word_set(
        "abl account activ afternoon age agent agreement aid amid annual anti appar approach approv area arm "
        "arrest assist bad bank battl begin better biggest black border broke brought candid care career "
        "certain challeng chanc check children cite clear comment commit communiti concern condit consid "
        "crime crimin crisi damag dead death defend deliv demand detail determin differ dollar done door "
        "doubl effect emerg employe enough everi evid exchang fact far field figur financi find finish floor "
        "forward free front full fund gain given global governor great ground hear heard himself hit hope "
        "host identifi immedi indic initi insid instead interest introduc involv join keep key land largest "
        "latest launch lawyer legal less let limit littl lot low manag market mean measur men might minut "
        "money natur negoti network nomin noth ongo option organ origin other pay phone pick polici popular "
        "potenti present prevent primari process product project prosecutor protest pull push question quick "
        "race rais rang re reason requir resid respect respond reveal risk role schedul search sent serious "
        "side site small someon son soon speak spend spent spokesman staff star stay stori success target "
        "tell term test thing thought thousand threat threaten tie toward trade valu version victori voter "
        "walk wasn't watch websit weekend wide within won worri worth young"
    ),
}
SHARES = {stem: share for share, stems in _BY_SHARE.items() for stem in stems}
